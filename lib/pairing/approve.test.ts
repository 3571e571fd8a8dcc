import { describe, expect, it } from "vitest"
import { type ApproveInput, approve } from "./approve"
import { consoleAuthority } from "./authority"
import { block, unblock } from "./block"
import { decideConnect } from "./decide-connect"
import { digestText } from "./digest"
import type { ConnectFacts } from "./facts"
import { reject } from "./reject"
import { revoke } from "./revoke"
import { device, facts, policy, record, token } from "./testing/facts"
import { node, recordAfter } from "./testing/nodes"
import { emptyMetadata } from "./testing/scenario"
import type { DeviceRecord } from "./types"

const read = "operator.read"
const write = "operator.write"
const otherKey = { deviceId: "dev-1", publicKey: "key-2" }

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

describe("a grant that needs confirmation", () => {
  const rules = policy({ graveGrantNote: "required" })
  const admin = filed({ scopes: ["operator.admin"] })

  it.each<[string, DeviceRecord, Partial<ApproveInput>, boolean]>([
    ["a dangerous scope without a note", admin, {}, false],
    ["with blanks for one", admin, { note: "  " }, false],
    ["over the wire, where none can be sent", admin, { from: "wire" }, false],
    ["with a note", admin, { note: "Mara needs it" }, true],
    ["a new role without one", filed({ role: "node", scopes: [] }), {}, false],
    ["another key without one", filed({ identity: otherKey }), {}, false],
    ["what is not dangerous", filed({ scopes: [write] }), {}, true],
    ["the dangerous part left out", filed({ scopes: [write, "operator.admin"] }), { grant: [write] }, true],
  ])("where the policy wants a note with it: %s", (_, waiting, over, isApproved) => {
    expect(approval(waiting, { policy: rules, ...over })).toMatchObject(
      isApproved ? { ok: true } : { ok: false, because: "note-required" },
    )
    expect(approval(waiting, over)).toMatchObject({ ok: true })
  })
})

describe("what is approved already", () => {
  it("comes into the new token though it was not chosen and the old one lacked it", () => {
    const narrowed = record({ device: device({ tokens: { operator: token({ scopes: [] }) } }) })
    const after = approved(filed({ scopes: [read, "operator.talk"] }, narrowed), { grant: ["operator.talk"] })
    expect(after.device?.tokens.operator?.scopes).toEqual([read, "operator.talk"])
  })
})

describe("a blocked key", () => {
  it("is approved nothing", () => {
    expect(approval({ ...filed({ scopes: [write] }), blockedKeys: ["key-1"] })).toMatchObject({ because: "blocked" })
    expect(approval({ ...filed({ scopes: [write] }), blockedKeys: ["key-2"] })).toMatchObject({ ok: true })
  })
})

describe("a rejection that stands against what is approved now", () => {
  const by = { authority: consoleAuthority, policy: policy(), nowMs: 10_000 }
  const rejected = reject(filed({ scopes: [write] }), { ...by, requestId: "fresh-request" })
  const before = rejected.ok ? rejected.next : record()
  const wider = filed({ scopes: [read, write, "operator.talk"], freshRequestId: "wider" }, before)

  it("ends, so that it does not come back when the role has to be asked for again", () => {
    const after = approved(wider, { requestId: "wider" })
    expect(after.holds).toEqual([])
    const revoked = revoke(after, { role: "operator", authority: consoleAuthority, nowMs: 10_002, freshTokenId: "r" })
    expect(revoked.ok && decideConnect(facts({ scopes: [write] }), revoked.next, policy()).kind).toBe("pending")
  })

  it.each<[string, DeviceRecord]>([
    ["of a scope that was left out", approved(wider, { requestId: "wider", grant: [read] })],
    [
      "of another role",
      approved({ ...wider, holds: before.holds.map((hold) => ({ ...hold, role: "node" })) }, { requestId: "wider" }),
    ],
    [
      "of another key",
      approved(
        { ...wider, holds: before.holds.map((hold) => ({ ...hold, publicKey: "key-2" })) },
        { requestId: "wider" },
      ),
    ],
  ])("stays where it is one %s", (_case, after) => expect(after.holds).toHaveLength(1))
})

describe("a rejection of what a node offers", () => {
  const offers = (commands: string[], from: DeviceRecord) => recordAfter(node({ commands }), from)
  const by = { authority: consoleAuthority, policy: policy(), nowMs: 10_000 }
  const asked = offers(["system.run"], record({ device: null }))
  const rejected = reject(asked, { ...by, requestId: "fresh-request" })
  const before = rejected.ok ? rejected.next : record()

  it.each<[string[], number]>([
    [["fs.read"], 1],
    [["fs.read", "system.run"], 0],
  ])("when %j is approved instead, leaves %d", (commands, left) => {
    expect(approved(offers(commands, before)).holds).toHaveLength(left)
  })
})

describe("another key", () => {
  it("takes the place of the record, and what the old key still asks ends with it", () => {
    const both = filed({ identity: otherKey, freshRequestId: "other" }, filed({ scopes: [write] }))
    const asNode = filed({ identity: otherKey, role: "node", scopes: [], freshRequestId: "node" }, both)
    const result = approval(asNode, { requestId: "other" })
    expect(result).toMatchObject({ ok: true, replacedKey: true, dropped: ["fresh-request"] })
    expect(result.ok && result.next.requests.map((request) => request.requestId)).toEqual(["node"])
  })

  it("goes on asking when its rival is approved", () => {
    const both = filed({ identity: otherKey, freshRequestId: "other" }, filed({ scopes: [write] }))
    expect(approval(both)).toMatchObject({ ok: true, replacedKey: false, dropped: [] })
    expect(approved(both).requests).toHaveLength(1)
  })
})

describe("a scope that came silently", () => {
  it("counts as approved by a person once one approves it, and the rest stays silent", () => {
    const silent = device({ approvedScopes: [read, "operator.talk"], silentScopes: [read, "operator.talk"] })
    const after = approved(filed({ scopes: [read, write] }, record({ device: silent })))
    expect(after.device).toMatchObject({ silentScopes: ["operator.talk"], approvedVia: "person" })
  })
})

describe("the digest of what was shown", () => {
  const hash = (text: string) => `#${text}`
  const digestOf = (waiting: DeviceRecord) => {
    const [request] = waiting.requests
    return request === undefined ? "" : hash(digestText(waiting, request))
  }
  const shown = filed({ scopes: [write], metadata: { ...emptyMetadata, displayName: "Laptop" } })

  it.each<[string, Partial<ConnectFacts["metadata"]>]>([
    ["name", { displayName: "Phone" }],
    ["client", { clientId: "cli" }],
    ["mode", { clientMode: "node" }],
    ["platform", { platform: "linux" }],
    ["device family", { deviceFamily: "Mac" }],
    ["commands", { commands: ["system.run"] }],
  ])("names the %s that the device gave itself", (_case, over) => {
    const other = filed({ scopes: [write], metadata: { ...emptyMetadata, displayName: "Laptop", ...over } })
    expect(approval(other, { shown: { digest: digestOf(shown), hash } })).toMatchObject({ because: "request-changed" })
    expect(approval(other, { shown: { digest: digestOf(other), hash } })).toMatchObject({ ok: true })
  })

  it("names the state of the device's rights", () => {
    const blocked = block(shown, "key-1")
    if (!blocked.ok) throw new Error(blocked.because)
    const lifted = unblock(blocked.next, "key-1")
    if (!lifted.ok) throw new Error(lifted.because)
    const waiting = { ...lifted.next, requests: shown.requests }
    expect(approval(waiting, { shown: { digest: digestOf(shown), hash } })).toMatchObject({
      because: "request-changed",
    })
  })
})
