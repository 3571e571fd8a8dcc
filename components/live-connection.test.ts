import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { connectLive, type Heard } from "./live-connection"

class Stream extends EventTarget {
  static latest: Stream | undefined
  static readonly CLOSED = 2
  readyState = 1
  onopen: (() => void) | undefined
  onerror: (() => void) | undefined
  constructor(readonly path: string) {
    super()
    Stream.latest = this
  }
  close() {}
  say(event: string, body: unknown) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(body) }))
  }
}

const change = { kind: "request", requestId: "r", deviceId: "d", status: "pending" } as const
let heard: Heard[]
let disconnect: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("EventSource", Stream)
  vi.stubGlobal("BroadcastChannel", undefined)
  vi.stubGlobal("window", new EventTarget())
  vi.stubGlobal("document", Object.assign(new EventTarget(), { hidden: false }))
  heard = []
  disconnect = connectLive((each) => heard.push(each))
  Stream.latest?.onopen?.()
})
afterEach(() => {
  disconnect()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it("passes on what the stream says", () => {
  Stream.latest?.say("changes", { changes: [change] })
  expect(heard).toEqual([
    { kind: "lead", lead: "first" },
    { kind: "live", live: true },
    { kind: "changes", changes: [change], everything: false },
  ])
})

it("becomes live anew after a sleep in which not even its timers ran", () => {
  heard.length = 0
  vi.setSystemTime(Date.now() + 26_000)
  Stream.latest?.say("changes", { changes: [change] })
  expect(heard.slice(0, 2)).toEqual([
    { kind: "live", live: false },
    { kind: "live", live: true },
  ])
})

it("has everything asked for after a stream that came back", () => {
  heard.length = 0
  Stream.latest?.onerror?.()
  Stream.latest?.onopen?.()
  expect(heard).toEqual([
    { kind: "live", live: false },
    { kind: "live", live: true },
  ])
  Stream.latest?.onopen?.()
  expect(heard.at(-1)).toEqual({ kind: "changes", changes: [], everything: true })
})
