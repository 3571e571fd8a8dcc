import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { block, unblock } from "./block"
import { decideConnect } from "./decide-connect"
import { reject, reopen } from "./reject"
import { facts, loopback, policy, record } from "./testing/facts"

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
