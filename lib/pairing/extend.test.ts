import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { type ExtendInput, extendGrant } from "./extend"
import { device, record, token } from "./testing/facts"
import type { DeviceRecord } from "./types"

const [read, admin] = ["operator.read", "operator.admin"] as const

const paired = device({
  approvedScopes: [read, admin],
  tokens: { operator: token({ scopes: [read, admin] }) },
  ends: { [admin]: 50_000, operator: 60_000 },
  revision: 4,
})

function extended(over: Partial<ExtendInput> = {}, from: DeviceRecord = record({ device: paired })) {
  const by = { authority: consoleAuthority, shownRevision: 4, nowMs: 30_000 }
  return extendGrant(from, { names: [admin], untilMs: 90_000, ...by, ...over })
}

describe("extending what was granted for a time", () => {
  it("puts the end off, and that of the role with it", () => {
    const result = extended()
    expect(result).toMatchObject({ ok: true, extended: [admin, "operator"] })
    expect(result.ok && result.next.device).toMatchObject({
      ...{ approvedScopes: [read, admin], revision: 5, ends: { [admin]: 90_000, operator: 90_000 } },
    })
  })

  it("leaves alone what lasts longer anyway", () => {
    const result = extended({ untilMs: 55_000 })
    expect(result.ok && result.next.device?.ends).toEqual({ [admin]: 55_000, operator: 60_000 })
    const role = extended({ names: ["operator"] })
    expect(role.ok && role.next.device?.ends).toEqual({ [admin]: 50_000, operator: 90_000 })
  })

  it("makes it last for good", () => {
    const result = extended({ untilMs: null })
    expect(result.ok && result.next.device?.ends).toEqual({})
  })

  it("works for a node, whose role is all that it has", () => {
    const node = device({ roles: ["node"], approvedScopes: [], tokens: { node: token({ role: "node", scopes: [] }) } })
    const from = record({ device: { ...node, ends: { node: 50_000 }, revision: 4 } })
    const result = extended({ names: ["node"] }, from)
    expect(result.ok && result.next.device?.ends).toEqual({ node: 90_000 })
  })

  it.each<[string, Partial<ExtendInput>, Partial<DeviceRecord>]>([
    ["unknown-device-or-role", {}, { device: null }],
    ["blocked", {}, { blockedKeys: ["key-1"] }],
    ["own-end", { authority: { scopes: [admin], deviceId: "dev-1" } }, {}],
    ["rights-changed", { shownRevision: 3 }, {}],
    ["grant-ended", { nowMs: 50_001 }, {}],
    ["grant-ended", { names: [read] }, {}],
    ["grant-ended", { names: [admin, "node"] }, {}],
    ["approver-missing-scope", { authority: { scopes: ["operator.pairing", read], deviceId: "dev-2" } }, {}],
    ["nothing-to-change", { untilMs: 50_000 }, {}],
    ["nothing-to-change", { untilMs: 40_000 }, {}],
    ["nothing-to-change", { names: [] }, {}],
  ])("is refused: %s", (because, over, from) => {
    expect(extended(over, record({ device: paired, ...from }))).toMatchObject({ ok: false, because })
  })
})
