import { describe, expect, it } from "vitest"
import { createSession, type Wire } from "./session"

function fakeWire() {
  const sent: unknown[] = []
  const closes: string[] = []
  const state = { buffered: 0 }
  const wire: Wire = {
    send: (frame) => void sent.push(JSON.parse(frame)),
    close: (code, reason) => void closes.push(`${code} ${reason}`),
    pause: () => {},
    resume: () => {},
    bufferedBytes: () => state.buffered,
    liftFrameLimit: () => {},
  }
  return { wire, sent, closes, state }
}

const authority = { scopes: ["operator.pairing"], deviceId: null }
const facts = {
  connId: "c",
  deviceId: "d",
  publicKey: "k",
  role: "operator",
  scopes: authority.scopes,
  authority,
  actor: { kind: "wire", name: "phone", deviceId: "d", authority, standing: null },
  secretGeneration: null,
  address: "203.0.113.7",
  knock: {
    net: { peerAddress: "203.0.113.7", host: null, origin: null, headers: {}, trustedProxies: [], isControlUi: false },
    metadata: {
      displayName: null,
      clientId: "cli",
      clientMode: "cli",
      clientVersion: "1",
      platform: "linux",
      deviceFamily: null,
      commands: [],
    },
  },
} as const

function session(events: "own" | "relayed" = "own") {
  const fake = fakeWire()
  return { ...fake, ...createSession(facts, fake.wire, { maxBufferedBytes: 1_000, events }) }
}

const ok = { ok: true, payload: {} } as const

describe("a client that reads too slowly", () => {
  it("misses events, and sees the gap in their numbers", () => {
    const subject = session()
    subject.broadcast("tick", { n: 1 })
    subject.state.buffered = 1_001
    subject.broadcast("tick", { n: 2 })
    subject.state.buffered = 1_000
    subject.broadcast("tick", { n: 3 })
    expect(subject.sent).toMatchObject([{ seq: 1 }, { seq: 3 }])
    expect(subject.closes).toEqual([])
  })

  it("is closed when an answer cannot be sent", () => {
    const subject = session()
    subject.state.buffered = 1_001
    subject.respond("1", ok)
    expect(subject.sent).toEqual([])
    expect(subject.closes).toEqual(["1008 slow consumer"])
    expect(subject.isAlive()).toBe(false)
  })
})

describe("a session that is cut off", () => {
  it("closes at once when nothing is in work", () => {
    const subject = session()
    subject.cutOff(4001, "device removed")
    expect(subject.closes).toEqual(["4001 device removed"])
    expect(subject.over.aborted).toBe(true)
  })

  it("answers what is in work, tells nothing new, and then closes, once", () => {
    const subject = session()
    const done = subject.begin()
    subject.cutOff(4001, "device removed")
    subject.cutOff(1008, "later")
    expect(subject.isAlive()).toBe(false)
    subject.broadcast("tick", {})
    subject.respond("1", ok)
    expect(subject.closes).toEqual([])
    done()
    done()
    expect(subject.sent).toEqual([{ type: "res", id: "1", ok: true, payload: {} }])
    expect(subject.closes).toEqual(["4001 device removed"])
    subject.respond("2", ok)
    expect(subject.sent).toHaveLength(1)
  })

  it("does not wait long for work that does not end", async () => {
    const subject = session()
    subject.begin()
    subject.cutOff(4001, "device removed")
    await expect.poll(() => subject.closes).toEqual(["4001 device removed"])
  })

  it("keeps its close reason within 120 bytes", () => {
    const subject = session()
    subject.cutOff(4001, "é".repeat(100))
    expect(Buffer.byteLength(subject.closes[0] ?? "")).toBeLessThanOrEqual(125)
  })
})

describe("a relayed client", () => {
  it("is told what happens here without a number, and nothing twice", () => {
    const subject = session("relayed")
    subject.broadcast("tick", { n: 1 })
    subject.broadcast("device.pair.changed", {})
    expect(subject.sent).toEqual([{ type: "event", event: "device.pair.changed", payload: {} }])
  })
})
