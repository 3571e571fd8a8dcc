import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { withoutEnded } from "./ends"
import { revoke } from "./revoke"
import { approved, endMs, nobody, visitor, waiting } from "./testing/ends"
import { facts, policy } from "./testing/facts"
import type { DeviceRecord, Scopes } from "./types"

const [read, write] = ["operator.read", "operator.write"] as const

describe("a role that was let in for a time, approved again,", () => {
  const by = { authority: consoleAuthority, nowMs: 30_000, freshTokenId: "token-3" }
  const revoked = revoke(visitor, { role: "operator", ...by })
  const over = withoutEnded(visitor, endMs + 1)
  const again = (untilMs: number | null, from: DeviceRecord, scopes: Scopes = [read], nowMs = 31_000) => {
    const decision = decideConnect(facts({ scopes, nowMs }), from, policy())
    if (decision.kind !== "pending") throw new Error(`It is ${decision.kind}.`)
    return approved(decision.next, { untilMs, nowMs: nowMs + 1_000 }).device?.ends
  }

  it.each([
    ["for good, what is granted with it lasts", null, {}],
    ["for longer, what is granted with it lasts as long", 90_000, { operator: 90_000, [read]: 90_000 }],
    ["for less, nothing is shortened but the role", 40_000, { operator: 40_000, [read]: endMs }],
  ] as const)("%s", (_, untilMs, ends) => {
    if (!revoked.ok) throw new Error(revoked.because)
    expect(again(untilMs, revoked.next)).toEqual(ends)
  })

  it("after its end, what is granted with it has the new end, or none", () => {
    expect(again(90_000, over, [read], endMs + 1)).toEqual({ operator: 90_000, [read]: 90_000 })
    expect(again(null, over, [read], endMs + 1)).toEqual({})
  })

  it("what is not granted with it keeps its end, and what is granted within it gets its own", () => {
    const wide = revoke(approved(waiting([write, "operator.talk"], nobody)), { role: "operator", ...by })
    if (!wide.ok) throw new Error(wide.because)
    expect(again(null, wide.next, ["operator.talk"])).toEqual({ [write]: endMs })
    const within = { [write]: endMs, "operator.talk": endMs }
    expect(again(90_000, wide.next, [read])).toEqual({ ...within, operator: 90_000, [read]: 90_000 })
    expect(again(null, wide.next, [read])).toEqual(within)
  })

  it("what it held for good stays so, whatever end is chosen", () => {
    const lasting = revoke(approved(waiting([read], nobody), { untilMs: null }), { role: "operator", ...by })
    if (!lasting.ok) throw new Error(lasting.because)
    expect(again(90_000, lasting.next)).toEqual({ operator: 90_000 })
  })

  it("the scopes of another role stay as they are", () => {
    const both = approved(waiting(["node.exec"], visitor, "node"), { nowMs: 22_000 })
    const ended = revoke(both, { role: "operator", ...by })
    if (!ended.ok) throw new Error(ended.because)
    expect(again(null, ended.next)).toEqual({ node: endMs, "node.exec": endMs })
  })
})
