import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { type RotateInput, rotate } from "./rotate"
import { device, policy, record, token } from "./testing/facts"
import type { DeviceRecord } from "./types"

const wide = ["operator.read", "operator.write"]
const paired = record({ device: device({ approvedScopes: wide, tokens: { operator: token({ scopes: wide }) } }) })
const admin = record({
  device: device({ approvedScopes: ["operator.admin"], tokens: { operator: token({ scopes: ["operator.admin"] }) } }),
})

function rotation(from: DeviceRecord, over: Partial<RotateInput> = {}) {
  const by = { authority: consoleAuthority, policy: policy(), rememberNarrowing: true, nowMs: 5_000 }
  return rotate(from, { role: "operator", mode: { kind: "at-once" }, ...by, freshTokenId: "token-2", ...over })
}

describe("the scopes of a rotation", () => {
  it.each<[string, string[]]>([
    ["a star", ["operator.*"]],
    ["two scopes in one", ["operator.x node.exec"]],
    ["a scope without a name", ["operator."]],
    ["a hidden character", ["operator.\u202e"]],
    ["a scope of the other role", ["operator.read", "node.exec"]],
    ["more scopes than any client asks", Array.from({ length: 65 }, (_, index) => `operator.s${index}`)],
  ])("are refused with %s, though admin covers it", (_case, scopes) => {
    expect(rotation(admin, { scopes })).toMatchObject({ because: "scope-outside-approved-baseline" })
  })

  it("are cleaned of blanks and duplicates", () => {
    const scopes = [" operator.read", "operator.read", ""]
    expect(rotation(paired, { scopes })).toMatchObject({ ok: true, token: { scopes: ["operator.read"] } })
  })

  it("left out, are those of the old token, whatever their form", () => {
    const scopes = ["operator.odd name"]
    const odd = record({ device: device({ approvedScopes: scopes, tokens: { operator: token({ scopes }) } }) })
    expect(rotation(odd)).toMatchObject({ ok: true, token: { scopes } })
  })
})

describe("the end of the old token", () => {
  const graceMs = 10_000
  const onPickup = { kind: "on-pickup", graceMs } as const

  it("is told: at the end of the grace, or there is none to wait for", () => {
    expect(rotation(paired, { mode: onPickup })).toMatchObject({ oldTokenUntilMs: 15_000 })
    expect(rotation(paired)).toMatchObject({ oldTokenUntilMs: null })
    const first = rotation(record({ device: device({ tokens: {} }) }), { mode: onPickup })
    expect(first).toMatchObject({ ok: true, oldTokenUntilMs: null })
  })

  it("does not move when the token is rotated again before it was picked up, and is told as it is", () => {
    const first = rotation(paired, { mode: onPickup })
    if (!first.ok) throw new Error(first.because)
    const second = rotation(first.next, { mode: onPickup, nowMs: 14_000, freshTokenId: "token-3" })
    expect(second).toMatchObject({
      oldTokenUntilMs: 15_000,
      token: { predecessors: [{ tokenId: "token-1", untilMs: 15_000 }] },
    })
    const shorter = rotation(first.next, { mode: { kind: "on-pickup", graceMs: 1 }, freshTokenId: "token-3" })
    expect(shorter).toMatchObject({ oldTokenUntilMs: 5_001 })
  })
})
