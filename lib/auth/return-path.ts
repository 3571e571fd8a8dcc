/** The header in which proxy.ts hands on the path of a page; it replaces any that was sent. */
export const pathHeader = "x-gatehouse-path"

// One slash and then printable ASCII without a backslash: nothing that a browser could take for another host.
const ownPath = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/

/** Where to go after signing in: a path of this console, and `/requests` for anything else. */
export function returnPath(text: string | null | undefined): string {
  const isPage = text && ownPath.test(text) && !/^\/(api|sign-in|set-up|link)(?![\w-])/.test(text)
  return isPage && text !== "/" ? text : "/requests"
}
