import { currentStore } from "@/lib/store/instance"

/**
 * Whether a request comes from a page of this console: its Origin is exactly the public URL's, or that of the Host it
 * was sent to, port included. A browser sends an Origin with everything that can change something, and "null" from
 * where it will not say; so no Origin is fine for reading, and for nothing else (`comesFromHere`, asked by `requireAdmin`).
 */
export function isOwnOrigin(origin: string, { host, publicUrl }: { host: string | null; publicUrl: string | null }) {
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true
  if (host === null) return false
  return origin === originOf(`http://${host}`) || origin === originOf(`https://${host}`)
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}

/** Whether a request that may change something comes from a page of this console. One without an Origin does not. */
export function comesFromHere(headers: Headers): boolean {
  const origin = headers.get("origin")
  return origin !== null && isOwn(origin, headers)
}

/** Whether a request names a foreign page as the one it comes from. One without an Origin names none. */
export function comesFromElsewhere(headers: Headers): boolean {
  const origin = headers.get("origin")
  return origin !== null && !isOwn(origin, headers)
}

function isOwn(origin: string, headers: Headers): boolean {
  const { publicUrl } = currentStore().gatewayInfo
  return isOwnOrigin(origin, { host: headers.get("host"), publicUrl })
}
