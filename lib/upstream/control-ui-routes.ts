/** What a path of the page's origin stands for at the gateway behind. */
export type Route = {
  /** The path there, with its query. */
  readonly path: string
  readonly guard: Guard
}

export type Guard =
  /** Files that anybody may have: the page itself and what it is made of. */
  | { readonly kind: "open" }
  /** Its address holds a ticket that the gateway behind gave out over a connection of the page. */
  | { readonly kind: "ticket" }
  /** The gateway behind wants its secret, with which it keeps nothing back; so what is asked for is weighed here. */
  | { readonly kind: "bearer"; readonly needs: string; readonly takesSharedToken: boolean }

const open: Guard = { kind: "open" }
const ticket: Guard = { kind: "ticket" }
const reading: Guard = { kind: "bearer", needs: "operator.read", takesSharedToken: false }
// The gateway behind gives these to its owner only.
const owning: Guard = { kind: "bearer", needs: "operator.admin", takesSharedToken: false }
// How the page is to look, which it asks before its device is known. Nothing of anybody's is in it.
const looks: Guard = { kind: "bearer", needs: "operator.read", takesSharedToken: true }

const one = "[^/]+"
const guarded: readonly { readonly path: RegExp; readonly guard: Guard; readonly hasTickets?: boolean }[] = [
  { path: /^\/control-ui-config\.json$/, guard: looks },
  { path: /^\/__openclaw__\/assistant-media$/, guard: reading, hasTickets: true },
  { path: pattern(`/__openclaw__/(catalog|plugin|plugin-activity)-icon/${one}`), guard: reading },
  { path: pattern(`/__openclaw__/link-favicon/${one}`), guard: reading },
  { path: pattern(`/__openclaw__/plugin-theme-art/${one}/${one}/${one}/${one}`), guard: reading },
  { path: pattern(`/avatar/${one}`), guard: reading },
  { path: pattern(`/api/users/${one}/avatar`), guard: reading },
  { path: pattern(`/__openclaw__/(channel-avatar|workspace-icon)/${one}`), guard: owning },
  { path: pattern(`/api/chat/media/outgoing/${one}/${one}/(full|thumbnail)`), guard: owning, hasTickets: true },
  { path: pattern(`/api/artifacts/download/${one}/${one}`), guard: ticket },
  { path: pattern(`/__openclaw__/board/${one}(/${one})*`), guard: ticket },
]

const folders = "(assets|app-art|cloud-provider-icons|community-art|file-icons|fonts|provider-icons|themes)"
const extension = "(css|gif|ico|jpe?g|js|json|map|png|svg|txt|wasm|webmanifest|webp|woff2)"
const file = pattern(`(/${folders}(/[\\w.@+-]+)*)?/[\\w.@+-]+\\.${extension}`)

// Nobody is to take the page for an answer of one of these, here or there.
const noView = /^\/(_next|__openclaw__?|api|v1|hooks|tools|j|oauth|health|healthz|ready|readyz|startupz?|metrics)(\/|$)/

function pattern(text: string): RegExp {
  return new RegExp(`^${text}$`)
}

/**
 * Where at the gateway behind a request of its page goes; null for everything that the page does not need, which
 * stays out of reach. The views of the page are one document: a path of one is never asked for there.
 */
export function routeOf(method: string, target: string, accept: string | undefined): Route | null {
  if ((method !== "GET" && method !== "HEAD") || !target.startsWith("/")) return null
  if (!URL.canParse(`http://gate${target}`)) return null
  const { pathname, searchParams } = new URL(`http://gate${target}`)
  // A credential in an address would be one of ours, and mean nothing there.
  searchParams.delete("token")
  const query = searchParams.size === 0 ? "" : `?${searchParams}`
  const path = pathname + query

  const known = guarded.find((each) => each.path.test(pathname))
  if (known !== undefined) {
    if (!isPlain(pathname)) return null
    const isTicketed = known.hasTickets === true && searchParams.has("mediaTicket") && !searchParams.has("meta")
    return { path, guard: isTicketed ? ticket : known.guard }
  }
  if (file.test(pathname)) return { path, guard: open }
  const isView = pathname === "/" || method === "HEAD" || (accept ?? "").includes("text/html")
  return isView && !noView.test(pathname) ? { path: "/", guard: open } : null
}

/** Whether a path means the same however often it is decoded: one that climbs when decoded could be another's. */
function isPlain(pathname: string): boolean {
  try {
    const decoded = decodeURIComponent(pathname)
    return !/%25/i.test(pathname) && !/\\|(^|\/)\.{1,2}(\/|$)|[^\P{Cc}]/u.test(decoded)
  } catch {
    return false
  }
}
