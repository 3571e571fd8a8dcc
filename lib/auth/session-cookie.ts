import { getToken } from "next-auth/jwt"
import type { Store } from "@/lib/store/store"

/** How long a browser keeps the cookie. The session row ends earlier; this only bounds what lies around. */
export const cookieMaxAgeSeconds = 365 * 24 * 60 * 60

/** Whether browsers reach this console by https, so that its cookies never travel in the clear. */
export function isSecure({ gatewayInfo }: Store): boolean {
  return gatewayInfo.publicUrl?.startsWith("https:") ?? false
}

/**
 * The name of the cookie. Cookies know no ports, so two consoles on one machine would sign each other out: the port
 * is part of the name, unless a public URL says that this is one console under one address.
 */
export function sessionCookieName(store: Store): string {
  const { publicUrl, port } = store.gatewayInfo
  const name = publicUrl === null ? `gatehouse-${port}` : "gatehouse"
  return isSecure(store) ? `__Host-${name}` : name
}

/** The id of the session that a cookie header names; null when it names none that this server has issued. */
export async function sessionIdOf(store: Store, cookieHeader: string | null): Promise<string | null> {
  if (cookieHeader === null) return null
  const name = sessionCookieName(store)
  const token = await getToken({
    // Nothing but the cookie: next-auth would also take a bearer token for one.
    req: { headers: { cookie: cookieHeader } },
    secret: store.authSecret,
    cookieName: name,
    salt: name,
    secureCookie: isSecure(store),
  })
  return typeof token?.sid === "string" ? token.sid : null
}
