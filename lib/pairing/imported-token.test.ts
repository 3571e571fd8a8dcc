import { describe, expect, it } from "vitest"
import { decideConnect } from "./decide-connect"
import type { ConnectFacts } from "./facts"
import { revoke } from "./revoke"
import { rotate } from "./rotate"
import { device, facts, loopback, policy, record, token } from "./testing/facts"
import { importedId, isImported } from "./tokens"
import type { Authority, DeviceRecord } from "./types"

const admin: Authority = { scopes: ["operator.admin"], deviceId: null }
const read = "operator.read"
const write = "operator.write"
const old = importedId("hash-of-a-secret-that-nobody-here-knows")
const brought = record({
  device: device({ approvedScopes: [read, write], tokens: { operator: token({ tokenId: old, scopes: [read] }) } }),
})

const presenting = (tokenId: string) => ({ auth: { kind: "device-token", tokenId } }) as const

function connect(from: DeviceRecord, over: Partial<ConnectFacts>) {
  return decideConnect(facts(over), from, policy())
}

function recordAfter(from: DeviceRecord, over: Partial<ConnectFacts>): DeviceRecord {
  const decision = connect(from, over)
  if (decision.kind === "reject") throw new Error(decision.reason)
  return decision.next
}

it("only what was made of a hash is an imported token", () => {
  expect(isImported({ tokenId: old })).toBe(true)
  expect(isImported({ tokenId: "0b8e9a3c-0000-4000-8000-000000000000.1a2b3c4d" })).toBe(false)
})

describe("a token that another gateway issued", () => {
  it("opens the door, and one of ours with the same scopes goes out in its place", () => {
    const decision = connect(brought, presenting(old))
    expect(decision).toMatchObject({ kind: "allow", reason: "within-ceiling", granted: [read] })
    const fresh = { tokenId: "fresh-token", scopes: [read], deliveredAtMs: 10_000, usedAtMs: null }
    expect(recordAfter(brought, presenting(old)).device?.tokens.operator).toMatchObject(fresh)
  })

  it("stays good until the new one is used, so that a lost answer strands nobody", () => {
    const once = recordAfter(brought, presenting(old))
    const twice = connect(once, { ...presenting(old), freshTokenId: "another" })
    expect(twice).toMatchObject({ kind: "allow", reason: "predecessor", granted: [read] })
    const used = recordAfter(once, presenting("fresh-token"))
    expect(used.device?.tokens.operator?.predecessors).toEqual([])
    expect(connect(used, presenting(old))).toMatchObject({ kind: "reject", reason: "token-mismatch" })
  })

  it("is replaced just the same where its device comes with the shared secret, as it cannot be handed out", () => {
    const next = recordAfter(brought, { auth: { kind: "token" } }).device?.tokens.operator
    expect(next).toMatchObject({ tokenId: "fresh-token", predecessors: [{ tokenId: old }] })
  })

  it("raises nothing: neither the ceiling, nor what it holds itself", () => {
    const { device: next } = recordAfter(brought, presenting(old))
    expect(next).toMatchObject({ approvedScopes: [read, write], revision: 1 })
    expect(connect(brought, { ...presenting(old), scopes: [write] })).toMatchObject({ reason: "token-scope-mismatch" })
  })

  it.each([
    ["another secret", brought, presenting("unknown")],
    ["a blocked key", { ...brought, blockedKeys: ["key-1"] }, presenting(old)],
    [
      "a key that is not the device's",
      brought,
      { ...presenting(old), identity: { deviceId: "dev-1", publicKey: "k" } },
    ],
  ])("does not open it for %s", (_case, from, over) => {
    expect(connect(from, over)).toMatchObject({ kind: "reject" })
  })

  it("is dead at once when it is revoked, and brings nothing back on the machine itself", () => {
    const by = { role: "operator", authority: admin, nowMs: 9_000, freshTokenId: "r" } as const
    const revoked = revoke(brought, by)
    if (!revoked.ok) throw new Error(revoked.because)
    expect(connect(revoked.next, presenting(old))).toMatchObject({ kind: "reject", reason: "token-revoked" })
    expect(connect(revoked.next, { net: loopback })).toMatchObject({ kind: "pending", reason: "role-upgrade" })
  })

  it.each([
    ["at once ends it", { kind: "at-once" } as const, "reject"],
    ["on pickup lets it in until then", { kind: "on-pickup", graceMs: 20_000 } as const, "allow"],
  ])("rotated %s", (_case, mode, kind) => {
    const by = { authority: admin, rememberNarrowing: true, nowMs: 9_000, freshTokenId: "rotated" }
    const rotated = rotate(brought, { role: "operator", mode, ...by, policy: policy() })
    if (!rotated.ok) throw new Error(rotated.because)
    expect(connect(rotated.next, presenting(old))).toMatchObject({ kind })
  })
})
