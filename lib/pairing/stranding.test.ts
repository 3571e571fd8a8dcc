import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { approve } from "./approve"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { rotate } from "./rotate"
import { device, facts, policy, record, token } from "./testing/facts"
import type { DeviceRecord } from "./types"

/** A paired device and the token that it has stored: the one of the last answer that reached it. */
type World = { readonly record: DeviceRecord; readonly held: string }

/** What may happen between two connects, and connects whose answer may get lost. */
type Event =
  | { readonly what: "connect"; readonly isLost: boolean }
  | { readonly what: "ask"; readonly more: string }
  | { readonly what: "approve" | "rotate on pickup" }

const start: World = { record: record(), held: "token-1" }
const fresh = record({ device: device({ tokens: { operator: token({ usedAtMs: null }) } }) })

function next({ record, held }: World, event: Event, index: number): World | string {
  const nowMs = 20_000 + index
  const freshTokenId = `token of ${index}`
  const liveToken = (after: DeviceRecord) => after.device?.tokens.operator?.tokenId ?? "none"
  switch (event.what) {
    case "connect":
    case "ask": {
      const scopes = ["operator.read", ...(event.what === "ask" ? [event.more] : [])]
      const auth = { kind: "device-token", tokenId: held } as const
      const asked = facts({ auth, scopes, nowMs, freshRequestId: `request of ${index}`, freshTokenId })
      const decision = decideConnect(asked, record, policy())
      if (decision.kind === "reject") return `event ${index}: ${decision.reason}`
      const isHanded = decision.kind === "allow" && !(event.what === "connect" && event.isLost)
      return { record: decision.next, held: isHanded ? liveToken(decision.next) : held }
    }
    case "approve": {
      const requestId = record.requests[0]?.requestId
      if (requestId === undefined) return { record, held }
      const by = { authority: consoleAuthority, from: "console", policy: policy(), nowMs, freshTokenId } as const
      const approval = approve(record, { requestId, ...by })
      return approval.ok ? { record: approval.next, held } : approval.because
    }
    case "rotate on pickup": {
      const mode = { kind: "on-pickup", graceMs: 86_400_000 } as const
      const by = { authority: consoleAuthority, rememberNarrowing: true, policy: policy(), nowMs, freshTokenId }
      const rotation = rotate(record, { role: "operator", mode, ...by })
      return rotation.ok ? { record: rotation.next, held } : rotation.because
    }
  }
}

/** The world after some events, or what went wrong at the first of them. */
function follow(events: readonly Event[], before: World = start): World | string {
  let world = before
  for (const [index, event] of events.entries()) {
    const result = next(world, event, index)
    if (typeof result === "string") return result
    world = result
  }
  return world
}

const predecessorsOf = (world: World | string) =>
  typeof world === "string" ? world : world.record.device?.tokens.operator?.predecessors.map((old) => old.tokenId)

const connect = { what: "connect", isLost: false } as const
const lost = { what: "connect", isLost: true } as const
const rotation = { what: "rotate on pickup" } as const
const approval = (more: string) => [{ what: "ask", more: `operator.${more}` }, { what: "approve" }] as const

describe("a device that comes with the token it was last given", () => {
  it.each<[string, readonly Event[]]>([
    ["two approvals", [...approval("a"), connect, rotation, rotation]],
    ["an approval and a rotation", [...approval("a"), connect, ...approval("b"), rotation, rotation]],
    ["three rotations", [rotation, connect, rotation, rotation, rotation]],
    ["a lost answer and two rotations", [...approval("a"), connect, rotation, lost, rotation, lost, rotation]],
  ])("is let in after %s", (_case, events) => {
    expect(follow([...events, connect])).toMatchObject({ held: expect.any(String) })
  })

  it("ends what came before, also where it has been replaced already", () => {
    // The device stores 1 (of the approval) and uses it when 3 (of the rotation) is in force already.
    const events = [...approval("a"), connect, rotation]
    expect(predecessorsOf(follow(events))).toEqual(["token-1", "token of 1"])
    expect(predecessorsOf(follow([...events, lost]))).toEqual(["token of 1"])
  })

  it("is never refused, whatever is approved, rotated on pickup or lost, and three tokens at most open its role", () => {
    const event: fc.Arbitrary<Event> = fc.oneof(
      fc.record({ what: fc.constant("connect" as const), isLost: fc.boolean() }),
      fc.record({ what: fc.constant("ask" as const), more: fc.constantFrom("operator.a", "operator.b", "operator.c") }),
      fc.record({ what: fc.constantFrom("approve" as const, "rotate on pickup" as const) }),
    )
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 20 }), fc.boolean(), (events, isFresh) => {
        const world = follow(events, isFresh ? { ...start, record: fresh } : start)
        expect(world).toMatchObject({ held: expect.any(String) })
        expect(predecessorsOf(world)?.length).toBeLessThanOrEqual(2)
      }),
      { numRuns: 5000 },
    )
  })
})
