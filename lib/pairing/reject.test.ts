import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { block, unblock } from "./block"
import { decideConnect } from "./decide-connect"
import { reject, reopen } from "./reject"
import { facts, loopback, policy, record } from "./testing/facts"
import type { Authority } from "./types"

describe("a rejection", () => {
  const filed = decideConnect(facts({ scopes: ["operator.write"] }), record(), policy())
  const rejected = () => {
    if (filed.kind !== "pending") throw new Error(filed.kind)
    const result = reject(filed.next, {
      requestId: "fresh-request",
      authority: consoleAuthority,
      policy: policy(),
      nowMs: 20_000,
    })
    if (!result.ok) throw new Error(result.because)
    return result
  }
  const again = (nowMs: number) =>
    decideConnect(facts({ scopes: ["operator.write"], nowMs }), rejected().next, policy())

  it.each([
    ["holds until just before its end", 20_000 + 86_399_999, "reject"],
    ["is over at its end", 20_000 + 86_400_000, "pending"],
  ])("%s", (_case, nowMs, kind) => expect(again(nowMs).kind).toBe(kind))

  it("also stops a silent lane", () => {
    const given = facts({ net: loopback, scopes: ["operator.write"], nowMs: 30_000 })
    expect(decideConnect(given, rejected().next, policy())).toMatchObject({ reason: "rejected" })
  })

  it("can be taken back: the request waits again with its old id", () => {
    const { next, request } = rejected()
    const reopened = reopen(next, { request, authority: consoleAuthority, nowMs: 30_000 })
    expect(reopened).toMatchObject({ ok: true, restored: { requestId: "fresh-request", triedAtMs: 30_000 } })
    expect(reopened.ok && reopened.next.holds).toEqual([])
  })
})

describe("a blocked key", () => {
  it("has no rejection reopened, and its rejections hold beside the block", () => {
    const filed = decideConnect(facts({ scopes: ["operator.write"] }), record(), policy())
    if (filed.kind !== "pending") throw new Error(filed.kind)
    const by = { authority: consoleAuthority, nowMs: 20_000 }
    const rejected = reject(filed.next, { ...by, requestId: "fresh-request", policy: policy() })
    if (!rejected.ok) throw new Error(rejected.because)
    const { request } = rejected
    const blocked = block(rejected.next, "key-1")
    if (!blocked.ok) throw new Error(blocked.because)
    expect(reopen(blocked.next, { ...by, request })).toMatchObject({ ok: false, because: "blocked" })
    const lifted = unblock(blocked.next, "key-1")
    expect(lifted.ok && reopen(lifted.next, { ...by, request })).toMatchObject({
      ok: true,
      restored: { requestId: "fresh-request" },
    })
  })
})

describe("who may reject a request, and take that back", () => {
  const filed = decideConnect(facts({ scopes: ["operator.write"] }), record(), policy())
  const waiting = filed.kind === "pending" ? filed.next : record()
  const rejected = reject(waiting, {
    ...{ requestId: "fresh-request", policy: policy() },
    ...{ authority: consoleAuthority, nowMs: 20_000 },
  })

  it.each<[string, Authority, object]>([
    ["whoever may decide about devices", { scopes: ["operator.pairing"], deviceId: null }, { ok: true }],
    ["the device that asked", { scopes: ["operator.pairing"], deviceId: "dev-1" }, { ok: true }],
    ["not another device", { scopes: ["operator.pairing"], deviceId: "dev-2" }, { because: "not-own-device" }],
    ["another device that is admin", { scopes: ["operator.admin"], deviceId: "dev-2" }, { ok: true }],
    ["not a reader", { scopes: ["operator.write"], deviceId: null }, { because: "approver-missing-scope" }],
  ])("%s", (_case, authority, expected) => {
    const by = { authority, nowMs: 20_000 }
    expect(reject(waiting, { ...by, requestId: "fresh-request", policy: policy() })).toMatchObject(expected)
    if (!rejected.ok) throw new Error(rejected.because)
    expect(reopen(rejected.next, { ...by, request: rejected.request })).toMatchObject(expected)
  })

  it("and a newer request of the key stays the only one when an older one is reopened", () => {
    if (!rejected.ok) throw new Error(rejected.because)
    const wider = facts({ scopes: ["operator.write", "operator.talk"], freshRequestId: "wider", nowMs: 20_001 })
    const newer = decideConnect(wider, rejected.next, policy())
    if (newer.kind !== "pending") throw new Error(newer.kind)
    const by = { authority: consoleAuthority, nowMs: 20_002 }
    const reopened = reopen(newer.next, { ...by, request: rejected.request })
    expect(reopened).toMatchObject({
      ok: true,
      restored: null,
      next: { holds: [], requests: [{ requestId: "wider" }] },
    })
    const asNode = facts({ role: "node", scopes: [], freshRequestId: "node", nowMs: 20_001 })
    const beside = decideConnect(asNode, rejected.next, policy())
    if (beside.kind !== "pending") throw new Error(beside.kind)
    expect(reopen(beside.next, { ...by, request: rejected.request })).toMatchObject({
      restored: { requestId: "fresh-request" },
    })
  })
})
