import { getToken } from "next-auth/jwt"
import type { Store } from "@/lib/store/store"

/** How long a browser keeps the cookie. The session row ends earlier; this only bounds what lies around. */
export const cookieMaxAgeSeconds = 365 * 24 * 60 * 60

/**
 * Whether this browser reached the console by https, so that its cookies never travel in the clear. server.ts found
 * it out, from the socket or from a declared proxy, and replaced what the header said before.
 */
export function isSecure(headers: Headers): boolean {
  return headers.get("x-forwarded-proto") === "https"
}

/**
 * The name of the cookie. Cookies know no ports, so two consoles on one machine would sign each other out: the port
 * is part of the name, unless a public URL says that this is one console under one address. Under https the prefix
 * keeps neighbours and plain http from setting it; a session of one is none in the other.
 */
export function sessionCookieName({ gatewayInfo }: Store, headers: Headers): string {
  const { publicUrl, port } = gatewayInfo
  const name = publicUrl === null ? `gatehouse-${port}` : "gatehouse"
  return isSecure(headers) ? `__Host-${name}` : name
}

/** The id of the session that a request's cookie names; null when it names none that this server has issued. */
export async function sessionIdOf(store: Store, headers: Headers): Promise<string | null> {
  const cookie = headers.get("cookie")
  if (cookie === null) return null
  const name = sessionCookieName(store, headers)
  const token = await getToken({
    // Nothing but the cookie: next-auth would also take a bearer token for one.
    req: { headers: { cookie } },
    secret: store.authSecret,
    cookieName: name,
    salt: name,
    secureCookie: isSecure(headers),
  })
  return typeof token?.sid === "string" ? token.sid : null
}
