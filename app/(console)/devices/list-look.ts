/** What can stand beside the name of a device, in this order. */
export const listColumns = [
  "current",
  "approved",
  "seen",
  "address",
  "paired",
  "via",
  "client",
  "platform",
  "tags",
  "ends",
] as const

export type ListColumn = (typeof listColumns)[number]

/** How somebody wants the list to look; kept by their browser. */
export type ListLook = { readonly columns: readonly ListColumn[]; readonly isCompact: boolean }

export const lookCookie = "gatehouse-device-list"

const plainLook: ListLook = { columns: ["current", "approved", "seen", "paired"], isCompact: false }

/** The look that a cookie names; the plain one where it names none. */
export function toLook(cookie: string | undefined): ListLook {
  if (cookie === undefined) return plainLook
  const words = cookie.split(".")
  return { columns: listColumns.filter((column) => words.includes(column)), isCompact: words.includes("compact") }
}

/** A look as a cookie keeps it. */
export function lookToText({ columns, isCompact }: ListLook): string {
  return [...(isCompact ? ["compact"] : ["roomy"]), ...columns].join(".")
}
