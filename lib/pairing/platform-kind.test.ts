import { describe, expect, it } from "vitest"
import { type PlatformKind, platformKindOf } from "./platform-kind"

const cases: readonly (readonly [string | null, string | null, PlatformKind])[] = [
  ["ios 19.1", "iPhone", "ios"],
  ["iPadOS 19", null, "ios"],
  ["watchos 13", "Watch", "ios"],
  ["android 17", "Android", "android"],
  ["darwin", "Mac", "macos"],
  ["MacIntel", null, "macos"],
  ["macOS 27", null, "macos"],
  ["win32", "Windows", "windows"],
  ["Windows", null, "windows"],
  [" Linux x86_64", null, "linux"],
  ["web", "iPad", "ios"],
  [null, "Android", "android"],
  // What is said first counts, and a word in the middle does not.
  ["linux", "Android", "linux"],
  ["not linux", null, "unknown"],
  ["freebsd", "Server", "unknown"],
  ["", "", "unknown"],
  [null, null, "unknown"],
]

describe("the family of systems of a device", () => {
  it.each(cases)("that reports %j and %j is %s", (platform, deviceFamily, kind) => {
    expect(platformKindOf({ platform, deviceFamily })).toBe(kind)
  })
})
