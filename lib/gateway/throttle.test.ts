import { describe, expect, it } from "vitest"
import type { NetFacts } from "@/lib/pairing/facts"
import { judgeLocality } from "@/lib/pairing/locality"
import type { ClientSource } from "./client-source"
import { clientSource } from "./client-source"
import { defaultGatewaySettings } from "./settings"
import { shareOf } from "./share-limits"
import { createThrottle } from "./throttle"

const remote = (key = "203.0.113.7"): ClientSource => ({ key, address: key, isMachine: false })
const machine: ClientSource = { key: "127.0.0.1", address: "127.0.0.1", isMachine: true }

function throttle(maxEntries = 10_000, isTold = false) {
  const clock = { nowMs: 1_000_000 }
  return {
    clock,
    ...createThrottle(
      () => ({ ...defaultGatewaySettings.throttle, maxEntries }),
      () => clock.nowMs,
      { isTold },
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

describe("failures at several processes", () => {
  const together = (limits = 10_000) => [0, 1, 2].map(() => throttle(limits, true))
  function tell(processes: readonly ReturnType<typeof throttle>[], bytes = 7_000) {
    const told = processes.map((each) => each.takeNews(bytes))
    for (const [from, news] of told.entries()) {
      for (const [to, each] of processes.entries()) if (to !== from) each.hear(news)
    }
  }
  const locks = (processes: readonly ReturnType<typeof throttle>[]) =>
    processes.map((each) => each.lockedForMs("shared-secret", remote()))

  it("lock the source out on all of them once they are ten together", () => {
    const processes = together()
    for (const each of processes) failTimes(3, each)
    tell(processes)
    expect(locks(processes)).toEqual([null, null, null])
    for (const each of processes.slice(0, 1)) failTimes(1, each)
    tell(processes)
    expect(locks(processes)).toEqual([300_000, 300_000, 300_000])
  })

  it("are told once, and not told on by who has heard of them", () => {
    const processes = together()
    for (const each of processes) failTimes(3, each)
    for (let n = 0; n < 5; n += 1) tell(processes)
    expect(locks(processes)).toEqual([null, null, null])
  })

  it("lock out everywhere what is locked out at one, for no longer than there", () => {
    const processes = together()
    for (const each of processes.slice(0, 1)) failTimes(10, each)
    for (const each of processes) each.clock.nowMs += 100_000
    tell(processes)
    expect(locks(processes)).toEqual([200_000, 200_000, 200_000])
  })

  it("believe nobody who locks out for longer than this process would", () => {
    const [subject = throttle()] = together()
    subject.hear([{ source: "shared-secret 203.0.113.7", failures: 0, lockedUntilMs: Number.MAX_SAFE_INTEGER }])
    expect(subject.lockedForMs("shared-secret", remote())).toBe(300_000)
  })

  it("are told of the sources nearest to the limit first, where not all fit, and of the others later", () => {
    const [subject = throttle()] = together()
    for (let n = 0; n < 50; n += 1) failTimes(1 + (n % 9), subject, remote(`10.0.0.${n}`))
    const first = subject.takeNews(400)
    expect(first.length).toBeGreaterThan(2)
    expect(first.map(({ failures }) => failures)).toEqual(first.map(() => 9))
    expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThanOrEqual(402)
    const rest = subject.takeNews(100_000)
    expect(rest).toHaveLength(50 - first.length)
    expect(subject.takeNews(100_000)).toEqual([])
  })

  it("are none of this machine, which is only slowed down, nor of who has no other process", () => {
    const [subject = throttle()] = together()
    failTimes(12, subject, machine)
    expect(subject.takeNews(7_000)).toEqual([])
    const alone = throttle()
    failTimes(12, alone)
    expect(alone.takeNews(7_000)).toEqual([])
  })

  it("grow memory no more than one's own", () => {
    const [subject = throttle()] = together(100)
    const flood = Array.from({ length: 1_000 }, (_, n) => ({ source: `s ${n}`, failures: 10, lockedUntilMs: 0 }))
    subject.hear(flood)
    expect(subject.size()).toBe(100)
    for (let n = 0; n < 1_000; n += 1) failTimes(1, subject, remote(`flood ${n}`))
    expect(subject.takeNews(1_000_000)).toHaveLength(100)
  })
})

describe("the share of one gateway in a limit", () => {
  it.each([
    [32, 1, 32],
    [32, 3, 10],
    [2, 5, 1],
    [0, 1, 0],
    [0, 3, 0],
  ])("of %i among %i is %i", (limit, gateways, share) => {
    expect(shareOf(limit, gateways)).toBe(share)
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
