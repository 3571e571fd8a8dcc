import { describe, expect, it } from "vitest"
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
  const net = { peerAddress: "127.0.0.1", host: "localhost", origin: null, headers: {}, trustedProxies: [] }
  const local = {
    local: true,
    because: { kind: "loopback", address: "127.0.0.1", host: "localhost" },
    clientAddress: "127.0.0.1",
    viaLoopbackProxy: false,
  } as const

  it("this machine is itself", () => {
    expect(clientSource(net, local)).toEqual({ key: "127.0.0.1", address: "127.0.0.1", isMachine: true })
  })

  it("a page in a browser of this machine is its origin", () => {
    const page = clientSource({ ...net, origin: "https://evil.example" }, local)
    expect(page).toEqual({ key: "origin https://evil.example", address: "127.0.0.1", isMachine: false })
  })

  it("a client behind a declared proxy is the forwarded address", () => {
    const proxied = { ...local, local: false, clientAddress: "203.0.113.7", viaLoopbackProxy: true }
    expect(clientSource(net, proxied)).toMatchObject({ key: "203.0.113.7", isMachine: false })
  })
})
