import type { Metadata } from "./types"

/** The families of systems that devices are told apart by; `unknown` for one that names none of them. */
export const platformKinds = ["ios", "android", "macos", "windows", "linux", "unknown"] as const

export type PlatformKind = (typeof platformKinds)[number]

/** How the words begin that clients and browsers say of each. */
const beginnings: readonly (readonly [PlatformKind, readonly string[]])[] = [
  ["ios", ["ios", "ipados", "iphone", "ipad", "watchos", "tvos", "visionos"]],
  ["android", ["android"]],
  ["macos", ["mac", "darwin"]],
  ["windows", ["win"]],
  ["linux", ["linux"]],
]

/**
 * The family of systems that a device says it belongs to: by its platform, or by its device family where that names
 * none. It groups rows for people to look at and proves nothing, for all of it is self-reported.
 */
export function platformKindOf({ platform, deviceFamily }: Pick<Metadata, "platform" | "deviceFamily">): PlatformKind {
  for (const said of [platform, deviceFamily]) {
    const words = said?.trim().toLowerCase() ?? ""
    const known = beginnings.find(([, all]) => all.some((beginning) => words.startsWith(beginning)))
    if (known !== undefined) return known[0]
  }
  return "unknown"
}
