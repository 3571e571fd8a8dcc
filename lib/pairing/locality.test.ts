import { describe, expect, it } from "vitest"
import type { NetFacts } from "./facts"
import { attribute, hostName, isListed, isLoopback, judgeLocality, parseAddress } from "./locality"

describe("addresses", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    [" 127.255.255.254 ", "127.255.255.254"],
    ["::ffff:10.0.0.1", "10.0.0.1"],
    ["::ffff:7f00:1", "127.0.0.1"],
    ["[::1]", "::1"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  ])("%s is %s", (text, address) => {
    expect(parseAddress(text)?.toString()).toBe(address)
  })

  it.each(["", "localhost", "127.1", "0x7f000001", "2130706433", "127.0.0.01", "127.0.0.256", "1.2.3", "1.2.3.4.5"])(
    "%j is none",
    (text) => expect(parseAddress(text)).toBeNull(),
  )

  it.each(["127.0.0.1:80", "[::1]:80", "1:2", ":::", "fe80::zz", "127.0.0.1/8", "::1/128", "a.b.c.d"])(
    "%j is none either",
    (text) => expect(parseAddress(text)).toBeNull(),
  )

  it.each<[string, boolean]>([
    ["127.0.0.1", true],
    ["127.8.9.10", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["128.0.0.1", false],
    ["127.0.0.1.evil.example", false],
    ["0.0.0.0", false],
    ["::", false],
  ])("%s on loopback: %s", (address, expected) => {
    expect(isLoopback(address)).toBe(expected)
  })

  it.each<[string, string, boolean]>([
    ["10.1.2.3", "10.0.0.0/8", true],
    ["11.1.2.3", "10.0.0.0/8", false],
    ["::ffff:10.1.2.3", "10.0.0.0/8", true],
    ["10.1.2.3", "10.1.2.3", true],
    ["10.1.2.30", "10.1.2.3", false],
    ["2001:db8::5", "2001:db8::/32", true],
    ["10.1.2.3", "::/0", false],
    ["10.1.2.3", "nonsense/8", false],
  ])("%s in %s: %s", (address, entry, expected) => {
    expect(isListed(address, [entry])).toBe(expected)
  })
})

describe("the name of a Host header", () => {
  it.each([
    ["localhost:18790", "localhost"],
    ["LOCALHOST", "localhost"],
    ["127.0.0.1:18790", "127.0.0.1"],
    ["[::1]:18790", "::1"],
    ["::1", "::1"],
    ["gate.tail.ts.net:443", "gate.tail.ts.net"],
  ])("%s is %s", (host, name) => {
    expect(hostName(host)).toBe(name)
  })

  it.each([[null], [""], [" "]])("%j is none", (host) => {
    expect(hostName(host)).toBeNull()
  })
})

describe("what decides whether a connect is local", () => {
  const net: NetFacts = {
    peerAddress: "127.0.0.1",
    host: "localhost:18790",
    origin: null,
    headers: {},
    trustedProxies: ["10.0.0.1"],
    isControlUi: false,
  }
  const policy = { tsNetHostIsLocal: true, firstPartyOrigins: ["http://localhost:18790"] }

  it.each<[string, Partial<NetFacts>, boolean, string]>([
    ["this machine", {}, true, "loopback"],
    ["IPv6", { peerAddress: "::1", host: "[::1]:18790" }, true, "loopback"],
    ["a tailnet name", { host: "gate.tail.ts.net" }, true, "loopback"],
    ["its own page", { origin: "http://localhost:18790" }, true, "loopback"],
    ["a foreign page", { origin: "https://evil.example" }, false, "foreign-page"],
    [
      "the page of a gateway behind, though its origin is listed",
      { origin: "http://localhost:18790", isControlUi: true },
      false,
      "foreign-page",
    ],
    ["a page without origin of its own", { origin: "null" }, false, "foreign-page"],
    ["another host name", { host: "gateway.lan" }, false, "host-not-local"],
    ["a name that begins like loopback", { host: "127.0.0.1.evil.example" }, false, "host-not-local"],
    ["a name that only contains the tailnet's", { host: "x.ts.net.evil.example" }, false, "host-not-local"],
    ["no host", { host: null }, false, "host-missing"],
    ["another peer", { peerAddress: "192.168.1.20" }, false, "peer-not-loopback"],
    ["an unreadable peer", { peerAddress: "" }, false, "peer-unreadable"],
    ["a forwarding header", { headers: { "x-forwarded-for": "127.0.0.1" } }, false, "forwarding-header"],
    ["any forwarded header", { headers: { "x-forwarded-proto": "http" } }, false, "forwarding-header"],
    [
      "a declared proxy",
      { peerAddress: "10.0.0.1", headers: { "x-forwarded-for": "127.0.0.1" } },
      false,
      "declared-proxy",
    ],
    ["a declared proxy that forwards nobody", { peerAddress: "10.0.0.1" }, false, "declared-proxy-without-header"],
  ])("%s", (_what, change, local, because) => {
    expect(judgeLocality({ ...net, ...change }, policy)).toMatchObject({ local, because: { kind: because } })
  })

  it("a tailnet name is not local when that is switched off", () => {
    const judged = judgeLocality({ ...net, host: "gate.tail.ts.net" }, { ...policy, tsNetHostIsLocal: false })
    expect(judged).toMatchObject({ local: false, because: { kind: "ts-net-switched-off" } })
  })

  it.each<[string, string | null]>([
    ["203.0.113.7", "203.0.113.7"],
    ["198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"],
    ["203.0.113.7, nonsense", null],
    ["10.0.0.1", null],
    ["", null],
  ])("behind a declared proxy, %j comes from %s", (chain, clientAddress) => {
    const judged = judgeLocality({ ...net, peerAddress: "10.0.0.1", headers: { "x-forwarded-for": chain } }, policy)
    expect(judged.clientAddress).toBe(clientAddress)
  })
})

describe("whom a connect can be put down to", () => {
  const net: NetFacts = {
    peerAddress: "127.0.0.1",
    host: "localhost:18790",
    origin: null,
    headers: {},
    trustedProxies: ["127.0.0.2", "10.0.0.1"],
    isControlUi: false,
  }
  const forwarded = (chain: string) => ({ headers: { "x-forwarded-for": chain } })

  it.each<[string, Partial<NetFacts>, ReturnType<typeof attribute>]>([
    ["this machine", {}, "machine"],
    ["this machine by another name", { host: "gateway.lan" }, "machine"],
    ["this machine by no name", { host: null }, "machine"],
    ["this machine by a tailnet name that does not count", { host: "gate.tail.ts.net" }, "machine"],
    ["a page on this machine", { origin: "https://evil.example" }, "machine"],
    ["another machine", { peerAddress: "192.168.1.20" }, "client"],
    ["a client behind a declared proxy", { peerAddress: "10.0.0.1", ...forwarded("203.0.113.7") }, "client"],
    ["an undeclared proxy on this machine", forwarded("203.0.113.7"), "unknown"],
    ["an undeclared proxy that names this machine", forwarded("127.0.0.1"), "unknown"],
    ["an undeclared proxy elsewhere", { peerAddress: "192.168.1.20", ...forwarded("203.0.113.7") }, "unknown"],
    ["a declared proxy that names this machine", { peerAddress: "127.0.0.2", ...forwarded("127.0.0.1") }, "unknown"],
    ["a declared proxy that names nobody", { peerAddress: "127.0.0.2" }, "unknown"],
    ["a declared proxy that names nonsense", { peerAddress: "127.0.0.2", ...forwarded("nonsense") }, "unknown"],
    ["an unreadable peer", { peerAddress: "" }, "unknown"],
  ])("%s", (_what, change, expected) => {
    const locality = judgeLocality({ ...net, ...change }, { tsNetHostIsLocal: false, firstPartyOrigins: [] })
    expect(attribute(locality)).toBe(expected)
  })
})
