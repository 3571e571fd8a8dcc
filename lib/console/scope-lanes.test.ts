import { describe, expect, it } from "vitest"
import { type RightsNow, type StoredScopeChange, scopeLanes } from "./scope-lanes"

const read = "operator.read"
const write = "operator.write"
const mara = { kind: "admin", name: "Mara", id: "a1" } as const
const nothing: RightsNow = { approved: [], inToken: [] }

let next = 0

function change(atMs: number, what: string, given: Partial<StoredScopeChange> = {}): StoredScopeChange {
  next += 1
  return {
    id: `c${next}`,
    scope: read,
    change: what,
    atMs,
    untilMs: null,
    actor: mara,
    silent: false,
    requestId: null,
    ...given,
  }
}

function laneOf(changes: readonly StoredScopeChange[], now = nothing, scope = read) {
  return scopeLanes(changes, now, 0).find((lane) => lane.scope === scope)
}

describe("the lane of a scope", () => {
  it("begins with an approval and lasts while it holds", () => {
    const lane = laneOf([change(10, "approved"), change(10, "issued")], { approved: [read], inToken: [read] })
    expect(lane?.approved).toEqual([{ fromMs: 10, untilMs: null }])
    expect(lane?.inToken).toEqual([{ fromMs: 10, untilMs: null }])
  })

  it("keeps what is approved where the token is narrowed", () => {
    const changes = [change(10, "approved"), change(10, "issued"), change(20, "narrowed")]
    const lane = laneOf(changes, { approved: [read], inToken: [] })
    expect(lane?.approved).toEqual([{ fromMs: 10, untilMs: null }])
    expect(lane?.inToken).toEqual([{ fromMs: 10, untilMs: 20 }])
  })

  it("shows each stretch of a scope that came, went and came again", () => {
    const changes = [change(10, "issued"), change(20, "revoked"), change(30, "issued")]
    const lane = laneOf(changes, { approved: [], inToken: [read] })
    expect(lane?.inToken).toEqual([
      { fromMs: 10, untilMs: 20 },
      { fromMs: 30, untilMs: null },
    ])
  })

  it("ends where a person had set the end, and says so", () => {
    const changes = [
      change(10, "approved", { untilMs: 30 }),
      change(20, "extended", { untilMs: 40 }),
      ...[change(40, "ended"), change(40, "narrowed")],
    ]
    expect(laneOf(changes)?.approved).toEqual([{ fromMs: 10, untilMs: 40 }])
    expect(laneOf(changes)?.marks).toMatchObject([
      { kind: "approved", untilMs: 30 },
      { kind: "extended", untilMs: 40 },
      { kind: "ended", atMs: 40 },
    ])
  })

  it("begins where the history does when the beginning was left out", () => {
    expect(laneOf([], { approved: [read], inToken: [] })?.approved).toEqual([{ fromMs: 0, untilMs: null }])
    expect(laneOf([change(20, "lowered")])?.approved).toEqual([{ fromMs: 0, untilMs: 20 }])
  })

  it("does not begin twice when an approval names what is approved already", () => {
    const changes = [change(10, "approved"), change(20, "approved")]
    expect(laneOf(changes, { approved: [read], inToken: [] })?.approved).toEqual([{ fromMs: 10, untilMs: null }])
  })

  it("is there for a scope that was only asked and never had", () => {
    const lane = laneOf([change(10, "asked"), change(20, "declined")])
    expect(lane?.approved).toEqual([])
    expect(lane?.marks.map((mark) => mark.kind)).toEqual(["asked", "declined"])
  })

  it("ends when the key of the device was replaced", () => {
    const lane = laneOf([change(10, "approved"), change(10, "issued"), change(30, "replaced")])
    expect(lane?.approved).toEqual([{ fromMs: 10, untilMs: 30 }])
    expect(lane?.inToken).toEqual([{ fromMs: 10, untilMs: 30 }])
  })
})

describe("the marks on a lane", () => {
  it("say silent for what a rule approved", () => {
    const lane = laneOf([change(10, "approved", { silent: true }), change(10, "issued", { silent: true })])
    expect(lane?.marks.map((mark) => mark.kind)).toEqual(["silent"])
  })

  it("are one for one command, the most telling", () => {
    const changes = [change(10, "lowered"), change(10, "narrowed"), change(10, "withheld")]
    expect(laneOf(changes)?.marks.map((mark) => mark.kind)).toEqual(["lowered"])
    expect(laneOf([change(10, "withheld"), change(10, "declined")])?.marks.map((mark) => mark.kind)).toEqual([
      "declined",
    ])
  })

  it("say who narrowed the token, where nothing else says it better", () => {
    const narrowed = change(20, "narrowed", { actor: { kind: "admin", name: "Ben", id: "a2" } })
    const marks = laneOf([change(10, "approved"), change(10, "issued"), narrowed])?.marks
    expect(marks).toMatchObject([{ kind: "approved" }, { kind: "narrowed", atMs: 20, actor: { name: "Ben" } }])
    expect(laneOf([change(20, "narrowed"), change(20, "revoked")])?.marks.map((mark) => mark.kind)).toEqual(["revoked"])
  })

  it("keep the request that they belong to", () => {
    expect(laneOf([change(10, "asked", { requestId: "r1" })])?.marks[0]?.requestId).toBe("r1")
  })

  it("are not made for changes that this version does not know", () => {
    expect(laneOf([change(10, "polished")])?.marks).toEqual([])
  })
})

it("lists what holds now before what is gone", () => {
  const changes = [change(10, "asked"), change(20, "approved", { scope: write })]
  const lanes = scopeLanes(changes, { approved: [write], inToken: [] }, 0)
  expect(lanes.map((lane) => lane.scope)).toEqual([write, read])
})

describe("the marks of a scope that a person gives back", () => {
  const kinds = (changes: readonly StoredScopeChange[]) =>
    laneOf(changes)?.marks.map(({ kind, untilMs }) => [kind, untilMs])

  it("have an approval where it was approved all along, and only its token was revoked", () => {
    const gone = [change(10, "approved"), change(10, "issued"), change(20, "revoked")]
    const back = [change(30, "asked", { requestId: "r" }), change(40, "issued", { requestId: "r" })]
    expect(kinds([...gone, ...back])).toEqual([
      ["approved", null],
      ["revoked", null],
      ["asked", null],
      ["approved", null],
    ])
  })

  it("have its new end with the approval", () => {
    const back = [change(40, "extended", { requestId: "r", untilMs: 90 }), change(40, "issued", { requestId: "r" })]
    expect(kinds(back)).toEqual([["approved", 90]])
    expect(kinds([change(40, "extended", { untilMs: 90 })])).toEqual([["extended", 90]])
  })

  it("have none where a token is issued without a request, or silently", () => {
    expect(kinds([change(10, "issued")])).toEqual([])
    expect(kinds([change(10, "issued", { requestId: "r", silent: true })])).toEqual([])
  })
})
