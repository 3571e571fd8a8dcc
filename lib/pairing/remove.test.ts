import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { reject } from "./reject"
import { remove } from "./remove"
import { device, facts, loopback, policy, record } from "./testing/facts"
import type { Authority, DeviceRecord } from "./types"

const both = record({ device: device({ roles: ["operator", "node"] }) })
const pairing = (deviceId: string | null): Authority => ({ scopes: ["operator.pairing"], deviceId })

describe("who may remove a device", () => {
  it.each<[string, DeviceRecord, Authority, object]>([
    ["the console", record(), consoleAuthority, { ok: true }],
    ["whoever may decide about devices", both, pairing(null), { ok: true }],
    ["a device itself", record(), pairing("dev-1"), { ok: true }],
    ["not a device that is a node too", both, pairing("dev-1"), { because: "caller-missing-scope" }],
    ["not another device", record(), pairing("dev-2"), { because: "not-own-device" }],
    ["another device that is admin", both, { scopes: ["operator.admin"], deviceId: "dev-2" }, { ok: true }],
    ["not a reader", record(), { scopes: ["operator.write"], deviceId: null }, { because: "caller-missing-scope" }],
    ["nobody, where there is none", record({ device: null }), consoleAuthority, { because: "unknown-device-or-role" }],
  ])("%s", (_case, from, authority, expected) => expect(remove(from, { authority })).toMatchObject(expected))
})

describe("a removed device", () => {
  it("is forgotten with its requests and rejections, but not with a block", () => {
    const filed = decideConnect(facts({ scopes: ["operator.write"] }), record(), policy())
    if (filed.kind !== "pending") throw new Error(filed.kind)
    const by = { authority: consoleAuthority, policy: policy(), nowMs: 10_001 }
    const rejected = reject(filed.next, { ...by, requestId: "fresh-request" })
    if (!rejected.ok) throw new Error(rejected.because)
    const asNode = decideConnect(facts({ role: "node", scopes: [], freshRequestId: "node" }), rejected.next, policy())
    if (asNode.kind !== "pending") throw new Error(asNode.kind)
    const removed = remove({ ...asNode.next, blockedKeys: ["key-9"] }, { authority: consoleAuthority })
    expect(removed).toMatchObject({ ok: true, dropped: ["node"] })
    expect(removed.ok && removed.next).toEqual({ device: null, requests: [], holds: [], blockedKeys: ["key-9"] })
    const again = facts({ scopes: ["operator.write"], net: loopback })
    expect(removed.ok && decideConnect(again, removed.next, policy()).kind).toBe("silent-approve")
  })
})
