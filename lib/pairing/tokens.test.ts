import { describe, expect, it } from "vitest"
import { approve } from "./approve"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { revoke } from "./revoke"
import { rotate } from "./rotate"
import { device, facts, policy, record, token } from "./testing/facts"
import { tokenState } from "./tokens"
import type { DeviceRecord } from "./types"

const wide = ["operator.read", "operator.write"]
const paired = record({ device: device({ approvedScopes: wide, tokens: { operator: token({ scopes: wide }) } }) })

function rotated(
  from: DeviceRecord,
  over: { scopes?: string[] | undefined; onPickup?: boolean; remember?: boolean; id?: string } = {},
): DeviceRecord {
  const result = rotate(from, {
    role: "operator",
    scopes: over.scopes,
    mode: over.onPickup === false ? { kind: "at-once" } : { kind: "on-pickup", graceMs: 1000 },
    rememberNarrowing: over.remember ?? true,
    authority: consoleAuthority,
    policy: policy(),
    nowMs: 5_000,
    freshTokenId: over.id ?? "token-2",
  })
  if (!result.ok) throw new Error(result.because)
  return result.next
}

function connect(from: DeviceRecord, tokenId: string | null, scopes: string[], nowMs = 5_500) {
  return decideConnect(facts({ auth: { kind: "device-token", tokenId }, scopes, nowMs }), from, policy())
}

function grown(from: DeviceRecord, scopes: string[], id: string): DeviceRecord {
  const filed = decideConnect(facts({ scopes, freshRequestId: `for-${id}` }), from, policy())
  if (filed.kind !== "pending") throw new Error(filed.kind)
  const input = { authority: consoleAuthority, from: "console" as const, policy: policy(), nowMs: 10_001 }
  const result = approve(filed.next, { ...input, requestId: `for-${id}`, freshTokenId: id })
  if (!result.ok) throw new Error(result.because)
  return result.next
}

const live = ({ device: held }: DeviceRecord) => {
  const found = held?.tokens.operator
  if (found === undefined) throw new Error("no token")
  return found
}

describe("rotation on pickup", () => {
  const narrowed = rotated(paired, { scopes: ["operator.read"] })

  it("lets the old token in with what it asks within the new one, and hands the new one over", () => {
    const decision = connect(narrowed, "token-1", wide)
    expect(decision).toMatchObject({ kind: "allow", reason: "predecessor", granted: ["operator.read"] })
    expect(decision.kind === "allow" && tokenState(live(decision.next))).toBe("delivered")
    expect(decision.kind === "allow" && live(decision.next).tokenId).toBe("token-2")
  })

  it("ends the old token at the first use of the new one", () => {
    const first = connect(narrowed, "token-2", ["operator.read"])
    expect(first).toMatchObject({ kind: "allow", reason: "within-ceiling" })
    if (first.kind !== "allow") return
    expect(tokenState(live(first.next))).toBe("picked-up")
    expect(connect(first.next, "token-1", [])).toMatchObject({ kind: "reject", reason: "token-mismatch" })
    const again = connect(first.next, "token-2", ["operator.read"])
    expect(again.kind === "allow" && again.next).toBe(first.next)
  })

  it.each([
    ["lives at the end of its grace", 6_000, "allow"],
    ["is dead a millisecond later", 6_001, "reject"],
  ])("the old token %s", (_case, nowMs, kind) => {
    expect(connect(narrowed, "token-1", [], nowMs).kind).toBe(kind)
  })

  it("never touches the ceiling, and the shared secret may still use all of it", () => {
    expect(narrowed.device?.approvedScopes).toEqual(wide)
    expect(decideConnect(facts({ scopes: wide }), narrowed, policy())).toMatchObject({ kind: "allow", granted: wide })
  })

  it("waits until it was delivered", () => expect(tokenState(live(narrowed))).toBe("waiting"))
})

describe("what a person narrowed away", () => {
  it("is no error when the device asks for it with its token", () => {
    const narrowed = rotated(paired, { scopes: ["operator.read"], remember: true })
    expect(connect(narrowed, "token-2", wide)).toMatchObject({
      kind: "allow",
      reason: "narrowed-left-out",
      granted: ["operator.read"],
      leftOut: ["operator.write"],
    })
  })

  it("is refused where a program rotated and nobody marked it", () => {
    const narrowed = rotated(paired, { scopes: ["operator.read"], remember: false })
    expect(connect(narrowed, "token-2", wide)).toMatchObject({ kind: "reject", reason: "token-scope-mismatch" })
  })

  it("is not mistaken for what is withheld, though a withheld scope implies it", () => {
    const withheld = record({ device: { ...device(), ...paired.device, withheld: ["operator.admin"] } })
    const byProgram = rotated(withheld, { scopes: ["operator.read"], remember: false })
    expect(connect(byProgram, "token-2", ["operator.write"])).toMatchObject({ reason: "token-scope-mismatch" })
    const byPerson = rotated(withheld, { scopes: ["operator.read"], remember: true })
    expect(connect(byPerson, "token-2", ["operator.write"])).toMatchObject({ reason: "narrowed-left-out" })
  })

  it("stays remembered when a program rotates afterwards, with the same scopes or with fewer", () => {
    const narrowed = rotated(paired, { scopes: ["operator.read"] })
    for (const scopes of [undefined, ["operator.read"], []]) {
      const again = rotated(narrowed, { scopes, remember: false, id: "token-3" })
      expect(live(again).narrowedAway, String(scopes)).toContain("operator.write")
    }
  })

  it("is all that is forgiven: not what a program takes out after it", () => {
    const scopes = ["operator.read", "operator.approvals"]
    const held = device({ approvedScopes: scopes, tokens: { operator: token({ scopes }) } })
    const byPerson = rotated(record({ device: held }), { scopes: ["operator.read"] })
    const byProgram = rotated(byPerson, { scopes: [], remember: false, id: "token-3" })
    expect(connect(byProgram, "token-3", ["operator.approvals"])).toMatchObject({ reason: "narrowed-left-out" })
    expect(connect(byProgram, "token-3", ["operator.read"])).toMatchObject({ reason: "token-scope-mismatch" })
  })

  it("is forgotten when the token holds it again", () => {
    const back = rotated(rotated(paired, { scopes: ["operator.read"] }), { scopes: wide, id: "token-3" })
    expect(live(back).narrowedAway).toEqual([])
  })
})

describe("an approval strands nobody", () => {
  it("keeps the token that the device used until the new one is used", () => {
    const after = grown(record(), wide, "token-2")
    expect(connect(after, "token-1", ["operator.read"], 11_000)).toMatchObject({ kind: "allow", reason: "predecessor" })
  })

  it("keeps it over several approvals, and drops undelivered ones in between", () => {
    const after = grown(grown(record(), wide, "token-2"), [...wide, "operator.approvals"], "token-3")
    expect(live(after).predecessors.map((old) => old.tokenId)).toEqual(["token-1"])
    expect(connect(after, "token-2", [], 11_000)).toMatchObject({ kind: "reject", reason: "token-mismatch" })
  })

  it("keeps one that was delivered since as well, for the device may have stored it", () => {
    const second = grown(record(), wide, "token-2")
    const handed = connect(second, "token-1", ["operator.read"], 11_000)
    if (handed.kind !== "allow") throw new Error(handed.kind)
    const third = grown(handed.next, [...wide, "operator.approvals"], "token-3")
    expect(live(third).predecessors.map((old) => old.tokenId)).toEqual(["token-1", "token-2"])
    expect(connect(third, "token-2", ["operator.read"], 12_000)).toMatchObject({ kind: "allow", reason: "predecessor" })
  })

  it("does not lengthen the grace of a rotation that was under way", () => {
    const after = grown(rotated(paired), [...wide, "operator.approvals"], "token-3")
    expect(connect(after, "token-1", [], 6_001)).toMatchObject({ kind: "reject", reason: "token-mismatch" })
  })
})

it("a token that its device was told in the answer to a rotation counts as delivered", () => {
  const own = { authority: { scopes: ["operator.admin"], deviceId: "dev-1" }, isHandedOver: true } as const
  const mode = { kind: "at-once" } as const
  const rest = { role: "operator", mode, rememberNarrowing: false, nowMs: 5_000, freshTokenId: "token-2" } as const
  const result = rotate(paired, { ...rest, ...own, policy: policy() })
  if (!result.ok) throw new Error(result.because)
  expect(tokenState(live(result.next))).toBe("delivered")
  const after = grown(result.next, [...wide, "operator.approvals"], "token-3")
  expect(connect(after, "token-2", wide, 11_000)).toMatchObject({ kind: "allow", reason: "predecessor" })
})

describe("what ends at once", () => {
  it("a rotation at once leaves no way in for the old token", () => {
    const after = rotated(paired, { onPickup: false })
    expect(connect(after, "token-1", [])).toMatchObject({ kind: "reject", reason: "token-mismatch" })
  })

  it("a revocation ends the token and everything before it", () => {
    const revoked = revoke(rotated(paired), {
      role: "operator",
      authority: consoleAuthority,
      nowMs: 5_100,
      freshTokenId: "r",
    })
    if (!revoked.ok) throw new Error(revoked.because)
    expect(connect(revoked.next, "token-1", [])).toMatchObject({ kind: "reject", reason: "token-mismatch" })
    expect(connect(revoked.next, "token-2", [])).toMatchObject({ kind: "reject", reason: "token-revoked" })
  })
})

describe("a rotation that a person chose on a page", () => {
  const input = { role: "operator", scopes: wide, mode: { kind: "at-once" }, rememberNarrowing: true } as const
  const by = { authority: consoleAuthority, policy: policy(), nowMs: 5_000, freshTokenId: "token-2" }

  it.each([
    ["of the rights that were shown is done", paired, 1, true],
    ["of rights that grew meanwhile is refused", grown(paired, [...wide, "operator.talk"], "token-9"), 1, false],
    ["of another revision altogether is refused", paired, 0, false],
    ["by a program, which was shown nothing, is done", grown(paired, ["operator.talk"], "token-9"), undefined, true],
  ])("%s", (_case, from, shownRevision, isDone) => {
    const result = rotate(from, { ...input, ...by, shownRevision })
    if (isDone) expect(result.ok).toBe(true)
    else expect(result).toEqual({ ok: false, because: "rights-changed" })
  })
})
