import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { withoutEnded } from "./ends"
import { type RaiseInput, raise } from "./raise"
import { releaseWithheld } from "./release"
import { device, facts, loopback, policy, record, token } from "./testing/facts"
import { emptyMetadata } from "./testing/scenario"
import type { DeviceRecord, PendingRequest } from "./types"

const [read, write, admin] = ["operator.read", "operator.write", "operator.admin"]
const input: RaiseInput = {
  ...{ role: "operator", scopes: [write], authority: consoleAuthority, policy: policy() },
  ...{ nowMs: 20_000, freshTokenId: "token-2" },
}
const paired = record({ device: device() })

function raised(from: DeviceRecord, over: Partial<RaiseInput> = {}) {
  const result = raise(from, { ...input, ...over })
  if (!result.ok) throw new Error(result.because)
  return result
}

const asking: PendingRequest = {
  ...{ requestId: "r1", deviceId: "dev-1", publicKey: "key-1", role: "operator", scopes: [write] },
  ...{ reason: "scope-upgrade", metadata: emptyMetadata, filedAtMs: 10_000, triedAtMs: 10_000, tries: 1 },
}

describe("more, given by a person without a request", () => {
  it("raises the ceiling and the token, and counts as approved by a person", () => {
    const silent = record({ device: device({ approvedVia: "local", silentScopes: [read], withheld: [write, admin] }) })
    const { next, added } = raised(silent, { scopes: [read, write] })
    expect(added).toEqual([write])
    expect(next.device).toMatchObject({
      ...{ approvedScopes: [read, write], withheld: [admin], silentScopes: [], approvedVia: "person" },
      ...{ approvedAtMs: 20_000, revision: (silent.device?.revision ?? 0) + 1 },
      tokens: { operator: { tokenId: "token-2", scopes: [read, write] } },
    })
  })

  it("strands nobody: the token that the device has opens the door to the new one", () => {
    const { next } = raised(paired)
    const ask = facts({ scopes: [read, write], auth: { kind: "device-token", tokenId: "token-1" } })
    expect(decideConnect(ask, next, policy())).toMatchObject({ kind: "allow", reason: "predecessor" })
  })

  it("ends by itself where an end is named; what was there keeps its own, and the role lasts as long as its scopes", () => {
    const untilMs = 90_000
    expect(raised(paired, { untilMs }).next.device?.ends).toEqual({ [write]: untilMs })
    const ends = { operator: 30_000, [read]: 30_000 }
    const { next } = raised(record({ device: device({ ends }) }), { untilMs })
    expect(next.device?.ends).toEqual({ operator: untilMs, [read]: 30_000, [write]: untilMs })
    expect(withoutEnded(next, untilMs + 1).device?.approvedScopes).toEqual([])
  })

  it("is for good without one, and leaves what was granted for a time its end", () => {
    const ends = { operator: 30_000, [read]: 30_000 }
    expect(raised(record({ device: device({ ends }) })).next.device?.ends).toEqual({ [read]: 30_000 })
  })

  it("takes a note where the policy asks for one before something dangerous", () => {
    const strict = { ...policy(), graveGrantNote: "required" } as const
    const give = (over: Partial<RaiseInput>) => raise(paired, { ...input, policy: strict, ...over })
    expect(give({ scopes: [admin] })).toMatchObject({ ok: false, because: "note-required" })
    expect(give({ scopes: [admin], note: "new on call" })).toMatchObject({ ok: true })
    expect(give({ scopes: [write] })).toMatchObject({ ok: true })
  })

  it("leaves narrowed what was narrowed", () => {
    const narrowed = record({ device: device({ approvedScopes: [read, write], tokens: { operator: token() } }) })
    const { next } = raised(narrowed, { scopes: ["operator.approvals"] })
    expect(next.device?.tokens.operator?.scopes).toEqual([read, "operator.approvals"])
  })

  it("ends a request that asks for no more, and a rejection of it, and no other", () => {
    const wider = { ...asking, requestId: "r2", scopes: [admin] as string[] }
    const hold = { requestId: "h", publicKey: "key-1", role: "operator", commands: [], untilMs: 99_000 } as const
    const waiting = record({
      ...{ device: device(), requests: [asking, wider] },
      holds: [
        { ...hold, scopes: [write] as string[] },
        { ...hold, scopes: [admin] as string[] },
      ],
    })
    const { next, covered } = raised(waiting)
    expect(covered).toEqual(["r1"])
    expect(next.requests).toEqual([wider])
    expect(next.holds.map(({ scopes }) => scopes)).toEqual([[admin]])
  })

  it.each<[string, DeviceRecord, Partial<RaiseInput>, string]>([
    ["no device", record({ device: null }), {}, "unknown-device-or-role"],
    ["a role that was never approved", paired, { role: "node", scopes: ["node.exec"] }, "unknown-device-or-role"],
    ["a blocked key", record({ device: device(), blockedKeys: ["key-1"] }), {}, "blocked"],
    [
      "a revoked role",
      record({ device: device({ tokens: { operator: token({ revokedAtMs: 5 }) } }) }),
      {},
      "token-revoked",
    ],
    ["its own session", paired, { authority: { scopes: [admin], deviceId: "dev-1" } }, "approver-missing-scope"],
    ["another device's", paired, { authority: { scopes: [admin], deviceId: "dev-2" } }, "approver-missing-scope"],
    ["less authority", paired, { authority: { scopes: [read], deviceId: null } }, "approver-missing-scope"],
    ["a scope of the other role", paired, { scopes: ["node.exec"] }, "malformed-scope"],
    ["a pattern", paired, { scopes: ["operator.*"] }, "malformed-scope"],
    ["what it has", paired, { scopes: [read] }, "nothing-to-change"],
    ["nothing", paired, { scopes: [] }, "nothing-to-change"],
    ["an end that is over", paired, { untilMs: 20_000 }, "end-passed"],
  ])("is refused for %s", (_case, from, over, because) => {
    expect(raise(from, { ...input, ...over })).toMatchObject({ ok: false, because })
  })
})

describe("a mark that a person takes off", () => {
  const withheld = record({ device: device({ withheld: [write, admin] }) })
  const connect = (from: DeviceRecord, net = facts().net) =>
    decideConnect(facts({ net, scopes: [read, write] }), from, policy())
  const release = (scopes: string[], authority = consoleAuthority) =>
    releaseWithheld(withheld, { scopes, authority, nowMs: 20_000 })

  it("grants nothing; it may be asked for again, and silently where a rule has a lane", () => {
    expect(connect(withheld)).toMatchObject({ kind: "allow", reason: "withheld-left-out" })
    const released = release([write])
    if (!released.ok) throw new Error(released.because)
    expect(released).toMatchObject({ released: [write] })
    expect(released.next.device).toMatchObject({ withheld: [admin], approvedScopes: [read] })
    expect(connect(released.next)).toMatchObject({ kind: "pending", reason: "scope-upgrade" })
    expect(connect(released.next, loopback)).toMatchObject({ kind: "silent-approve" })
  })

  it.each([
    ["what is not withheld", ["operator.pairing"], consoleAuthority, "nothing-to-change"],
    ["less authority", [write], { scopes: [read], deviceId: null }, "caller-missing-scope"],
    ["its own session", [write], { scopes: [admin], deviceId: "dev-1" }, "caller-missing-scope"],
  ])("is refused for %s", (_case, scopes, authority, because) => {
    expect(release(scopes, authority)).toMatchObject({ ok: false, because })
  })
})
