import { describe, expect, it } from "vitest"
import type { NetFacts } from "./facts"
import { traceLocality } from "./locality-steps"

const policy = { tsNetHostIsLocal: false, firstPartyOrigins: ["https://own.example"] }

const local: NetFacts = {
  peerAddress: "127.0.0.1",
  host: "localhost:18790",
  origin: null,
  headers: {},
  trustedProxies: [],
  isControlUi: false,
}

// Everything that speaks against it at once; each case takes away what is asked before the question it is about.
const foreign: NetFacts = { ...local, origin: "https://evil.example" }
const namedElsewhere: NetFacts = { ...foreign, host: "gateway.example" }
const nameless: NetFacts = { ...foreign, host: null }
const distant: NetFacts = { ...namedElsewhere, peerAddress: "192.168.1.9" }
const forwarded: NetFacts = { ...distant, headers: { "x-forwarded-for": "10.0.0.1" } }
const proxied: NetFacts = { ...forwarded, trustedProxies: ["192.168.1.9"] }

describe("the way to a verdict", () => {
  it.each<[string, NetFacts, string, number]>([
    ["no address", { ...proxied, peerAddress: "nonsense" }, "peer-unreadable", 0],
    ["a declared proxy", proxied, "declared-proxy", 1],
    ["one without a header", { ...proxied, headers: {} }, "declared-proxy-without-header", 1],
    ["a header of an undeclared peer", forwarded, "forwarding-header", 2],
    ["a peer elsewhere", distant, "peer-not-loopback", 3],
    ["no Host", nameless, "host-missing", 4],
    ["another Host", namedElsewhere, "host-not-local", 5],
    ["a tailnet name", { ...foreign, host: "box.tail.ts.net" }, "ts-net-switched-off", 5],
    ["a foreign page", foreign, "foreign-page", 6],
  ])("%s ends it where it is asked", (_, net, kind, at) => {
    const { locality, steps } = traceLocality(net, policy)
    expect(locality).toMatchObject({ local: false, because: { kind } })
    expect(steps.map((step) => step.result)).toEqual(
      steps.map((_step, index) => (index < at ? "passes" : index === at ? "decides" : "not-asked")),
    )
  })

  it.each<[string, NetFacts]>([
    ["a plain client", local],
    ["a page of its own", { ...local, origin: "https://own.example" }],
  ])("of %s on this machine passes every question", (_, net) => {
    const { locality, steps, advice } = traceLocality(net, policy)
    expect(locality.local).toBe(true)
    expect(steps.map((step) => step.result)).toEqual(steps.map(() => "passes"))
    expect(advice).toContain("tunnel")
  })

  it("says what was seen at each question", () => {
    const { steps } = traceLocality({ ...local, host: "box.tail.ts.net:443" }, { ...policy, tsNetHostIsLocal: true })
    expect(steps.map((step) => step.answer)).toEqual([
      "yes, it is 127.0.0.1",
      "no, 127.0.0.1 is not declared, so its forwarding headers are not believed",
      "no, so nobody is known to stand between",
      "yes, 127.0.0.1 is loopback",
      "yes, it names box.tail.ts.net",
      "yes, the policy counts the tailnet name box.tail.ts.net as this machine",
      "no, it is no page",
    ])
  })
})
