import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { judgeBearer } from "./bearer"
import { lowerCeiling } from "./ceiling"
import { decideConnect } from "./decide-connect"
import { digestText } from "./digest"
import { endGrants, endOf, nextEndMs, withoutEnded } from "./ends"
import { revoke } from "./revoke"
import { rotate } from "./rotate"
import { stillHolds } from "./standing"
import { approved, boxed, endMs, nobody, node, visitor, waiting } from "./testing/ends"
import { device, facts, loopback, policy, record, token } from "./testing/facts"
import type { DeviceRecord, PendingRequest, Scopes } from "./types"

const [read, write, admin] = ["operator.read", "operator.write", "operator.admin"] as const

const ask = (scopes: Scopes, from: DeviceRecord, over: Parameters<typeof facts>[0] = {}) =>
  decideConnect(facts({ scopes, nowMs: endMs + 1, ...over }), from, policy())

describe("an approval with an end", () => {
  it("gives its scopes until the last instant, and not past it", () => {
    expect(ask([admin], boxed, { nowMs: endMs })).toMatchObject({ kind: "allow", granted: [admin] })
    expect(ask([admin], boxed)).toMatchObject({ kind: "pending", reason: "scope-upgrade", missing: [admin] })
    expect(ask([read], boxed)).toMatchObject({ kind: "allow", granted: [read] })
  })

  it("ends in the ceiling, in the token and in what the token replaced, and nowhere else", () => {
    const ended = withoutEnded(boxed, endMs + 1).device
    expect(ended).toMatchObject({ approvedScopes: [read], withheld: [], roles: ["operator"], ends: { [admin]: endMs } })
    expect(ended?.tokens.operator).toMatchObject({
      scopes: [read],
      revokedAtMs: null,
      predecessors: [{ scopes: [read] }],
    })
    expect(endGrants(boxed, endMs + 1)).toMatchObject({ ended: [admin], roles: ["operator"], atMs: endMs })
    expect(endGrants(boxed, endMs)).toBeNull()
  })

  it.each(["token-2", "token-1"])("limits what connects with %s, and what comes over HTTP", (tokenId) => {
    const auth = { kind: "device-token", tokenId } as const
    expect(ask([read], boxed, { auth })).toMatchObject({ kind: "allow", granted: [read] })
    expect(ask([read, admin], boxed, { auth })).toMatchObject({ kind: "pending", missing: [admin] })
    expect(judgeBearer(boxed, { tokenId, needed: read, nowMs: endMs + 1 })).toBeNull()
    expect(judgeBearer(boxed, { tokenId, needed: write, nowMs: endMs + 1 })).toBe("missing-scope")
  })

  it("ends the sessions, rotations and commands that stand on it", () => {
    const session = { publicKey: "key-1", role: "operator", tokenId: "token-2" } as const
    expect(stillHolds(session, [admin], boxed, { policy: policy(), nowMs: endMs })).toBe(true)
    expect(stillHolds(session, [admin], boxed, { policy: policy(), nowMs: endMs + 1 })).toBe(false)
    const by = { authority: consoleAuthority, policy: policy(), rememberNarrowing: false, freshTokenId: "token-3" }
    const input = { role: "operator", mode: { kind: "at-once" }, scopes: [admin], ...by } as const
    expect(rotate(boxed, { ...input, nowMs: endMs })).toMatchObject({ ok: true })
    expect(rotate(boxed, { ...input, nowMs: endMs + 1 })).toMatchObject({ because: "scope-outside-approved-baseline" })
  })

  it.each([
    ["what ended", [admin]],
    ["a part of it", [write]],
    ["a part of it and what is approved", [read, write]],
  ])("is not brought back on this very machine: %s", (_, scopes) => {
    expect(ask(scopes, boxed, { net: loopback })).toMatchObject({ kind: "pending", manual: "grant-ended" })
  })

  it("is not outlived by something wider that comes silently", () => {
    const until = approved(waiting([write], record()))
    const early = { net: loopback, nowMs: 30_000 }
    expect(ask([admin], until, early)).toMatchObject({ kind: "pending", manual: "grant-ended" })
    expect(ask(["operator.talk"], until, early)).toMatchObject({ kind: "silent-approve" })
    // Held within what ends, it comes along by name and ends with it.
    const more = ask(
      [read, "operator.talk"],
      approved(waiting([write], record({ device: device({ approvedScopes: [] }) }))),
      early,
    )
    expect(more.kind === "silent-approve" && more.next.device?.ends).toEqual({ [write]: endMs, [read]: endMs })
  })

  it("leaves what was approved before as it was, with its end or without", () => {
    expect(boxed.device?.ends).toEqual({ [admin]: endMs })
    const again = approved(waiting([read, admin], withoutEnded(boxed, endMs + 1)), { untilMs: null, nowMs: endMs + 2 })
    expect(again.device?.ends).toEqual({})
    const talk = waiting(["operator.talk", write], approved(waiting([write], record())))
    expect(approved(talk, { untilMs: null, nowMs: 22_000 }).device?.ends).toEqual({ [write]: endMs })
    expect(approved(talk, { untilMs: 30_000, nowMs: 22_000 }).device?.ends).toEqual({
      [write]: endMs,
      "operator.talk": 30_000,
    })
  })

  it("counts the longest of what holds a scope", () => {
    expect(endOf({ ends: { [write]: 5, [admin]: 9 } }, [write, admin], read)).toBe(9)
    expect(endOf({ ends: { [write]: 5 } }, [write, read], read)).toBeNull()
    expect(endOf({ ends: {} }, [], read)).toBeNull()
  })

  it("is refused where that end is over already, and without one where the wire approves", () => {
    const from = waiting([read, admin], record())
    expect(() => approved(from, { untilMs: 21_000 })).toThrow("end-passed")
    expect(approved(from, { untilMs: undefined, from: "wire" }).device?.ends).toEqual({})
  })

  it("changes the digest of what waits when it is over, the same for whoever looks and whoever writes", () => {
    const later = approved(waiting([read, write], record()), { untilMs: 40_000 })
    const both = approved(waiting([admin], later), { nowMs: 22_000 })
    const request: PendingRequest | undefined = waiting(["node.exec"], both, "node").requests[0]
    if (request === undefined) throw new Error("Nothing waits.")
    const digestAt = (from: DeviceRecord, nowMs: number) => digestText(withoutEnded(from, nowMs), request)
    expect(digestAt(both, 40_001)).not.toBe(digestAt(both, 40_000))
    expect(digestAt(both, endMs + 1)).not.toBe(digestAt(both, 40_001))
    expect(digestAt(withoutEnded(both, 40_001), endMs + 1)).toBe(digestAt(both, endMs + 1))
  })
})

describe("a role that was let in for a time", () => {
  it.each([
    ["operator", visitor],
    ["node", node],
  ] as const)("ends as by a revocation: %s", (role, from) => {
    expect(nextEndMs(from.device ?? device())).toBe(endMs)
    const ended = withoutEnded(from, endMs + 1)
    expect(ended.device?.tokens[role]).toMatchObject({ scopes: [], revokedAtMs: endMs, predecessors: [] })
    expect(nextEndMs(ended.device ?? device())).toBeNull()
  })

  it.each([
    ["from elsewhere", {}],
    ["from this machine", { net: loopback }],
    ["with the token that ended", { auth: { kind: "device-token", tokenId: "token-2" } as const }],
  ])("is asked for again as any other: %s", (_, over) => {
    const again = { kind: "pending", reason: "role-upgrade", manual: "grant-ended" }
    expect(ask([read], visitor, over)).toMatchObject(again)
    expect(ask([], node, { role: "node", ...over })).toMatchObject(again)
  })

  it("is not asked for again with another token, nor after a person revoked it", () => {
    const auth = { kind: "device-token", tokenId: "token-1" } as const
    expect(ask([read], visitor, { auth })).toMatchObject({ kind: "reject", reason: "token-mismatch" })
    const by = { authority: consoleAuthority, nowMs: 30_000, freshTokenId: "token-3" }
    const revoked = revoke(visitor, { role: "operator", ...by })
    if (!revoked.ok) throw new Error(revoked.because)
    expect(ask([read], revoked.next, { auth: { ...auth, tokenId: "token-2" } })).toMatchObject({
      reason: "token-revoked",
    })
    expect(ask([read], revoked.next)).toMatchObject({ kind: "pending", manual: "role-revoked" })
  })

  it("lasts as long as the scopes that it gets later", () => {
    const more = waiting([read, write], visitor)
    expect(approved(more, { untilMs: 90_000, nowMs: 30_000 }).device?.ends).toMatchObject({
      operator: 90_000,
      [read]: endMs,
    })
    expect(approved(more, { untilMs: 30_001, nowMs: 30_000 }).device?.ends).toMatchObject({ operator: endMs })
    expect(approved(more, { untilMs: null, nowMs: 30_000 }).device?.ends).toEqual({ [read]: endMs })
  })

  it("changes no end of a role that is in force, where nothing is added", () => {
    expect(approved(waiting([read, write], visitor), { untilMs: null, grant: [], nowMs: 30_000 }).device?.ends).toEqual(
      {
        operator: endMs,
        [read]: endMs,
      },
    )
  })

  it("does not end where it was approved for good and only its scopes were not", () => {
    const ended = withoutEnded(boxed, endMs + 1).device
    expect(ended?.tokens.operator?.revokedAtMs).toBeNull()
  })
})

describe("a ceiling that is lowered while part of it ends", () => {
  it("keeps the end on what stays of it, and none on what goes", () => {
    const wide = approved(waiting([admin], record()))
    const lowered = lowerCeiling(wide, { remove: [admin], keep: [write], nowMs: 30_000 }, policy())
    expect(lowered.ok && lowered.next.device?.ends).toEqual({ [write]: endMs })
    expect(lowered.ok && withoutEnded(lowered.next, endMs + 1).device).toMatchObject({ approvedScopes: [read] })
  })

  it("has nothing to take away of what is over", () => {
    expect(lowerCeiling(boxed, { remove: [admin], nowMs: endMs + 1 }, policy())).toMatchObject({
      because: "nothing-to-change",
    })
  })
})

it("knows no end of a device that has none, whatever the time", () => {
  const plain = record({ device: device({ tokens: { operator: token() } }) })
  expect(withoutEnded(plain, Number.MAX_SAFE_INTEGER)).toBe(plain)
  expect(withoutEnded(nobody, 0)).toBe(nobody)
})
