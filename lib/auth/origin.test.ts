import { describe, expect, it } from "vitest"
import { isOwnOrigin } from "./origin"

const host = "gate.home.arpa:18790"

describe("a page of the console", () => {
  it.each([
    ["the host it was sent to", "http://gate.home.arpa:18790", { host, publicUrl: null }],
    [
      "the host behind a proxy that speaks https",
      "https://gate.home.arpa",
      { host: "gate.home.arpa", publicUrl: null },
    ],
    ["the default port written out", "http://gate.home.arpa", { host: "gate.home.arpa:80", publicUrl: null }],
    ["an IPv6 host", "http://[::1]:18790", { host: "[::1]:18790", publicUrl: null }],
    ["the public URL", "https://gate.example.org", { host: "127.0.0.1:18790", publicUrl: "https://gate.example.org" }],
    ["a public URL with a path", "https://gate.example.org", { host, publicUrl: "https://gate.example.org/console" }],
    [
      "loopback beside a public URL",
      "http://127.0.0.1:18790",
      { host: "127.0.0.1:18790", publicUrl: "https://a.example" },
    ],
  ])("is %s", (_case, origin, here) => {
    expect(isOwnOrigin(origin, here)).toBe(true)
  })

  it.each([
    ["another port of the same host", "http://gate.home.arpa:3000", { host, publicUrl: null }],
    ["no port where there is one", "http://gate.home.arpa", { host, publicUrl: null }],
    ["a host that begins alike", "http://gate.home.arpa.evil.example:18790", { host, publicUrl: null }],
    ["a host that ends alike", "http://evil-gate.home.arpa:18790", { host, publicUrl: null }],
    ["an opaque origin", "null", { host, publicUrl: null }],
    ["an empty origin", "", { host, publicUrl: null }],
    ["no host to compare with", "http://gate.home.arpa:18790", { host: null, publicUrl: null }],
    ["a host that is none", "http://x", { host: "http://x", publicUrl: null }],
    ["the public host without its scheme", "http://gate.example.org", { host, publicUrl: "https://gate.example.org" }],
    ["another scheme altogether", "chrome-extension://gate.home.arpa:18790", { host, publicUrl: null }],
  ])("is not %s", (_case, origin, here) => {
    expect(isOwnOrigin(origin, here)).toBe(false)
  })
})
