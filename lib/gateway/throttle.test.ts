import { describe, expect, it } from "vitest"
import type { NetFacts } from "@/lib/pairing/facts"
import { judgeLocality } from "@/lib/pairing/locality"
import type { ClientSource } from "./client-source"
import { clientSource } from "./client-source"
import { defaultGatewaySettings } from "./settings"
import { createThrottle } from "./throttle"

const remote = (key = "203.0.113.7"): ClientSource => ({ key, address: key, isMachine: false })
const machine: ClientSource = { key: "127.0.0.1", address: "127.0.0.1", isMachine: true }

function throttle(maxEntries = 10_000) {
  const clock = { nowMs: 1_000_000 }
  return {
    clock,
    ...createThrottle(
      () => ({ ...defaultGatewaySettings.throttle, maxEntries }),
      () => clock.nowMs,
    ),
  }
}

function failTimes(times: number, subject: ReturnType<typeof throttle>, source = remote()) {
  return Array.from({ length: times }, () => subject.fail("shared-secret", source))
}

describe("failures from elsewhere", () => {
  it("locks out after ten within a minute, for five minutes", () => {
    const subject = throttle()
    failTimes(9, subject)
    expect(subject.lockedForMs("shared-secret", remote())).toBeNull()
    failTimes(1, subject)
    expect(subject.lockedForMs("shared-secret", remote())).toBe(300_000)
    subject.clock.nowMs += 299_999
    expect(subject.lockedForMs("shared-secret", remote())).toBe(1)
    subject.clock.nowMs += 1
    expect(subject.lockedForMs("shared-secret", remote())).toBeNull()
  })

  it("forgets failures that are a minute old", () => {
    const subject = throttle()
    failTimes(9, subject)
    subject.clock.nowMs += 60_000
    failTimes(9, subject)
    expect(subject.lockedForMs("shared-secret", remote())).toBeNull()
  })

  it("counts neither against another address nor against another kind of credential", () => {
    const subject = throttle()
    failTimes(10, subject)
    expect(subject.lockedForMs("shared-secret", remote("203.0.113.8"))).toBeNull()
    expect(subject.lockedForMs("device-token", remote())).toBeNull()
  })

  it("starts again from none after a success", () => {
    const subject = throttle()
    failTimes(9, subject)
    subject.succeed("shared-secret", remote())
    failTimes(9, subject)
    expect(subject.lockedForMs("shared-secret", remote())).toBeNull()
  })

  it("counts attempts whose outcome is open, until they are let go", () => {
    const subject = throttle()
    const release = Array.from({ length: 10 }, () => subject.hold("shared-secret", remote()))
    expect(subject.lockedForMs("shared-secret", remote())).toBe(1_000)
    for (const letGo of release) letGo()
    expect(subject.lockedForMs("shared-secret", remote())).toBeNull()
  })
})

describe("failures on this machine", () => {
  it("are delayed, doubling up to five seconds, and never locked out", () => {
    const subject = throttle()
    const delays = failTimes(12, subject, machine).map((failure) => failure.delayMs)
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000, 5000, 5000, 5000, 5000])
    expect(subject.lockedForMs("shared-secret", machine)).toBeNull()
  })
})

describe("memory", () => {
  it("is bounded, and a flood of addresses locks out nobody", () => {
    const subject = throttle(100)
    for (let i = 0; i < 1_000; i += 1) failTimes(10, subject, remote(`flood ${i}`))
    expect(subject.size()).toBe(100)
    expect(subject.lockedForMs("shared-secret", remote())).toBeNull()
  })
})

describe("whom a connect counts against", () => {
  const net = {
    peerAddress: "127.0.0.1",
    host: "localhost",
    origin: null,
    headers: {},
    trustedProxies: ["127.0.0.2"],
    isControlUi: false,
  }
  const forwarded = (chain: string) => ({ headers: { "x-forwarded-for": chain } })
  const evil = "https://evil.example"

  it.each<[string, Partial<NetFacts>, ClientSource]>([
    ["this machine is itself", {}, { key: "127.0.0.1", address: "127.0.0.1", isMachine: true }],
    [
      "a page in a browser of this machine is its origin",
      { origin: evil },
      { key: `origin ${evil}`, address: "127.0.0.1", isMachine: false },
    ],
    [
      "a client behind a declared proxy is the forwarded address",
      { peerAddress: "127.0.0.2", ...forwarded("203.0.113.7") },
      { key: "203.0.113.7", address: "203.0.113.7", isMachine: false },
    ],
    [
      "whoever an undeclared proxy on this machine lets through is that proxy",
      forwarded("203.0.113.7"),
      { key: "proxied by 127.0.0.1", address: "127.0.0.1", isMachine: false },
    ],
    [
      "and a page does not get away from it by an origin of its own",
      { origin: evil, ...forwarded("203.0.113.7") },
      { key: "proxied by 127.0.0.1", address: "127.0.0.1", isMachine: false },
    ],
    [
      "whom a declared proxy calls this machine is that proxy",
      { peerAddress: "127.0.0.2", ...forwarded("127.0.0.1") },
      { key: "proxied by 127.0.0.2", address: "127.0.0.1", isMachine: false },
    ],
    [
      "whom a declared proxy does not name is that proxy",
      { peerAddress: "127.0.0.2" },
      { key: "proxied by 127.0.0.2", address: "127.0.0.2", isMachine: false },
    ],
    [
      "a machine elsewhere gets no second count by forwarding headers",
      { peerAddress: "192.168.1.20", ...forwarded("203.0.113.7") },
      { key: "192.168.1.20", address: "192.168.1.20", isMachine: false },
    ],
  ])("%s", (_what, change, expected) => {
    const observed = { ...net, ...change }
    const locality = judgeLocality(observed, { tsNetHostIsLocal: false, firstPartyOrigins: [] })
    expect(clientSource(observed, locality)).toEqual(expected)
  })
})
