/** Somewhere that a person went from the palette. */
export type RecentPlace = { readonly href: string; readonly name: string; readonly what: string }

const most = 6
const prefix = "gatehouse-recent-"

/** The latest places of a person in this browser, the last one first. */
export function readRecentPlaces(adminId: string): readonly RecentPlace[] {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(prefix + adminId) ?? "[]")
    return Array.isArray(stored) ? stored.filter(isPlace).slice(0, most) : []
  } catch {
    return []
  }
}

export function keepRecentPlace(adminId: string, { href, name, what }: RecentPlace): void {
  const others = readRecentPlaces(adminId).filter((place) => place.href !== href)
  try {
    window.localStorage.setItem(prefix + adminId, JSON.stringify([{ href, name, what }, ...others].slice(0, most)))
  } catch {
    // A browser that keeps nothing has no recent places.
  }
}

/** Names of devices stay in no browser that a person has left. */
export function forgetRecentPlaces(adminId: string): void {
  try {
    window.localStorage.removeItem(prefix + adminId)
  } catch {
    // Nothing was kept.
  }
}

function isPlace(value: unknown): value is RecentPlace {
  if (typeof value !== "object" || value === null) return false
  if (!("href" in value && "name" in value && "what" in value)) return false
  const isInside = typeof value.href === "string" && /^\/(?!\/)/.test(value.href)
  return isInside && typeof value.name === "string" && typeof value.what === "string"
}
