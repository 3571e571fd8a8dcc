import { describe, expect, it } from "vitest"
import { type ApproveInput, approve } from "./approve"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import type { ConnectFacts } from "./facts"
import { facts, policy, record } from "./testing/facts"
import type { DeviceRecord } from "./types"

const read = "operator.read"
const write = "operator.write"

function filed(over: Partial<ConnectFacts> = {}, from: DeviceRecord = record()): DeviceRecord {
  const decision = decideConnect(facts(over), from, policy())
  if (decision.kind !== "pending") throw new Error(decision.kind)
  return decision.next
}

function approval(from: DeviceRecord, over: Partial<ApproveInput> = {}) {
  const by = { authority: consoleAuthority, from: "console", policy: policy(), nowMs: 10_001 } as const
  return approve(from, { ...by, requestId: "fresh-request", freshTokenId: "t", ...over })
}

function approved(from: DeviceRecord, over: Partial<ApproveInput> = {}): DeviceRecord {
  const result = approval(from, over)
  if (!result.ok) throw new Error(result.because)
  return result.next
}

describe("a device session and its own device", () => {
  it("approves no first pairing, though its device has been removed meanwhile", () => {
    const waiting = filed({ scopes: ["operator.admin"] }, record({ device: null }))
    const own = { scopes: ["operator.admin"], deviceId: "dev-1" }
    expect(approval(waiting, { authority: own, from: "wire" })).toMatchObject({ because: "own-role-upgrade" })
    const other = { ...own, deviceId: "dev-2" }
    expect(approval(waiting, { authority: other, from: "wire" })).toMatchObject({ ok: true })
  })

  it("a first pairing may be approved over the wire, also where new roles are left to the console", () => {
    const waiting = filed({}, record({ device: null }))
    const rules = policy({ roleUpgradeApproval: "console" })
    expect(approval(waiting, { from: "wire", policy: rules })).toMatchObject({ ok: true })
  })
})

describe("a grant", () => {
  it.each([[["operator.*"]], [["operator.x node.exec"]], [["operator.\u202e"]], [["node.exec"]]])(
    "of %j is outside of every request",
    (grant) => {
      const waiting = filed({ scopes: ["operator.admin"] })
      expect(approval(waiting, { grant })).toMatchObject({ because: "grant-outside-request", missing: grant })
    },
  )

  it("keeps what was approved before, also where it is not chosen", () => {
    const after = approved(filed({ scopes: [read, write, "operator.talk"] }), { grant: ["operator.talk"] })
    expect(after.device).toMatchObject({ approvedScopes: [read, "operator.talk"], withheld: [write] })
  })
})

describe("a blocked key", () => {
  it("is approved nothing", () => {
    expect(approval({ ...filed({ scopes: [write] }), blockedKeys: ["key-1"] })).toMatchObject({ because: "blocked" })
    expect(approval({ ...filed({ scopes: [write] }), blockedKeys: ["key-2"] })).toMatchObject({ ok: true })
  })
})
