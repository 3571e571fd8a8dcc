import { describe, expect, it } from "vitest"
import { approve } from "./approve"
import { consoleAuthority } from "./authority"
import { lowerCeiling } from "./ceiling"
import { decideConnect } from "./decide-connect"
import { rotate } from "./rotate"
import { device, facts, loopback, policy, record, token } from "./testing/facts"

const wide = ["operator.read", "operator.write", "operator.admin"]
const legacy = record({
  device: device({
    ...{ approvedScopes: null, legacyScopes: wide },
    tokens: { operator: token({ scopes: wide }) },
  }),
})
const rePair = policy({ legacyRecords: "re-pair" })

describe("a record from before approved scopes, where such records pair again", () => {
  it("gets by an approval what was shown, in ceiling and token", () => {
    const filed = decideConnect(facts(), legacy, rePair)
    expect(filed).toMatchObject({ kind: "pending", missing: ["operator.read"] })
    if (filed.kind !== "pending") return
    const by = { authority: consoleAuthority, from: "console", nowMs: 10_001, freshTokenId: "t" } as const
    const approved = approve(filed.next, { ...by, requestId: "fresh-request", policy: rePair })
    expect(approved).toMatchObject({ ok: true, added: ["operator.read"], tokenScopes: ["operator.read"] })
    expect(approved.ok && approved.next.device).toMatchObject({ approvedScopes: ["operator.read"] })
  })

  it("gets silently what it asks, and that counts as silent", () => {
    const decision = decideConnect(facts({ net: loopback }), legacy, rePair)
    expect(decision).toMatchObject({ kind: "silent-approve", granted: ["operator.read"] })
    expect(decision.kind === "silent-approve" && decision.next.device).toMatchObject({
      approvedScopes: ["operator.read"],
      silentScopes: ["operator.read"],
      tokens: { operator: { scopes: ["operator.read"] } },
    })
  })

  it("has nothing to rotate within, nor to lower", () => {
    const by = { authority: consoleAuthority, rememberNarrowing: true, nowMs: 10_001, freshTokenId: "t" }
    const input = { role: "operator", mode: { kind: "at-once" }, ...by } as const
    expect(rotate(legacy, { ...input, policy: rePair })).toMatchObject({ because: "missing-approved-baseline" })
    expect(rotate(legacy, { ...input, policy: policy() })).toMatchObject({ ok: true })
    const lower = { remove: ["operator.admin"], keep: ["operator.read"], nowMs: 10_000 }
    const outside = { because: "scope-outside-approved-baseline", missing: ["operator.read"] }
    expect(lowerCeiling(legacy, lower, rePair)).toMatchObject(outside)
    expect(lowerCeiling(legacy, lower, policy())).toMatchObject({ ok: true })
  })
})
