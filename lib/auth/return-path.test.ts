import { describe, expect, it } from "vitest"
import { returnPath } from "./return-path"

describe("after signing in", () => {
  it.each(["/requests", "/requests/abc?note=1", "/devices?q=a%20b", "/settings/admins", "/linked"])(
    "one gets back to %s",
    (path) => {
      expect(returnPath(path)).toBe(path)
    },
  )

  it.each([
    null,
    undefined,
    "",
    "requests",
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/ok\\..\\evil",
    "/api/events",
    "/sign-in?next=/requests",
    "/set-up",
    "/link",
  ])("%s leads to the requests", (path) => {
    expect(returnPath(path)).toBe("/requests")
  })
})
