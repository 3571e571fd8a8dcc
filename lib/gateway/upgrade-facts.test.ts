import { describe, expect, it } from "vitest"
import { upgradeFacts } from "./upgrade-facts"

function request(headers: Record<string, string>, remoteAddress: string | undefined = "127.0.0.1") {
  return { headers, socket: { remoteAddress } } as Parameters<typeof upgradeFacts>[0]
}

const own = { trustedProxies: ["10.0.0.1"], controlUiPort: null }

describe("what is taken from an upgrade request", () => {
  it("is peer, Host, Origin and the headers of proxies, and nothing that could be a credential", () => {
    const headers = {
      host: "localhost:1",
      origin: "https://a.example",
      cookie: "session=1",
      authorization: "Bearer 1",
      "x-forwarded-for": "203.0.113.7",
      forwarded: "for=203.0.113.7",
      "x-real-ip": "203.0.113.7",
    }
    expect(upgradeFacts(request(headers), "main", own)).toEqual({
      peerAddress: "127.0.0.1",
      host: "localhost:1",
      origin: "https://a.example",
      headers: {
        "x-forwarded-for": "203.0.113.7",
        forwarded: "for=203.0.113.7",
        "x-real-ip": "203.0.113.7",
      },
      trustedProxies: ["10.0.0.1"],
      isControlUi: false,
    })
  })

  it.each([
    ["everything on a port of its own", "control-ui", 18792, {}, true],
    ["and its page at the other ports", "main", 18792, { origin: "http://127.0.0.1:18792" }, true],
    ["by whatever name", "proxy", 18792, { origin: "https://ui.example:18792" }, true],
    ["at a port that is not written", "main", 443, { origin: "https://ui.example" }, true],
    ["no page of another port", "main", 18792, { origin: "http://127.0.0.1:18790" }, false],
    ["no page that does not say where it is", "main", 18792, { origin: "null" }, false],
    ["nothing where it is switched off", "main", null, { origin: "http://127.0.0.1:18792" }, false],
  ] as const)("knows the page of the gateway behind: %s", (_case, listener, controlUiPort, headers, isControlUi) => {
    const facts = upgradeFacts(request(headers), listener, { trustedProxies: [], controlUiPort })
    expect(facts.isControlUi).toBe(isControlUi)
  })

  it("counts every peer of the proxy listener as a declared proxy, and of the main one only the declared", () => {
    expect(upgradeFacts(request({}), "proxy", own).trustedProxies).toEqual(["10.0.0.1", "127.0.0.1"])
    expect(upgradeFacts(request({}), "main", own).trustedProxies).toEqual(["10.0.0.1"])
  })

  it("keeps the nearest hops of an endless chain", () => {
    const chain = `${"1.1.1.1, ".repeat(5_000)}203.0.113.7`
    const kept = upgradeFacts(request({ "x-forwarded-for": chain }), "main", {
      trustedProxies: [],
      controlUiPort: null,
    }).headers["x-forwarded-for"]
    expect(kept).toHaveLength(1024)
    expect(kept).toMatch(/203\.0\.113\.7$/)
  })

  it("reads a socket that is gone already as an unreadable peer", () => {
    expect(
      upgradeFacts({ headers: {}, socket: {} } as Parameters<typeof upgradeFacts>[0], "main", {
        trustedProxies: [],
        controlUiPort: null,
      }),
    ).toMatchObject({
      peerAddress: "",
      host: null,
      origin: null,
    })
  })
})
