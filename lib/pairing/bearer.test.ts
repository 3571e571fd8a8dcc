import { describe, expect, it } from "vitest"
import { judgeBearer } from "./bearer"
import { device, record, token } from "./testing/facts"
import type { DeviceRecord, Token } from "./types"

const read = { tokenId: "token-1", needed: "operator.read", nowMs: 1_000 }
const withToken = (over: Partial<Token>): DeviceRecord =>
  record({ device: device({ tokens: { operator: token(over) } }) })
const rotated = (untilMs: number | null, scopes = ["operator.read"]): DeviceRecord =>
  withToken({
    tokenId: "token-2",
    scopes,
    predecessors: [{ tokenId: "token-1", scopes: ["operator.admin"], because: "rotation", untilMs }],
  })

describe("an operator's token over HTTP opens", () => {
  it.each<[string, DeviceRecord, string]>([
    ["what its scopes cover", record(), "operator.read"],
    ["what they imply", withToken({ scopes: ["operator.admin"] }), "operator.read"],
    ["what both hold, within the grace of a rotation", rotated(1_000), "operator.read"],
    ["what both hold, until the new one is picked up", rotated(null), "operator.read"],
  ])("%s", (_case, held, needed) => {
    expect(judgeBearer(held, { ...read, needed })).toBeNull()
  })
})

describe("an operator's token over HTTP does not open", () => {
  it.each<[string, DeviceRecord, string, string]>([
    ["what is beyond it", record(), "operator.admin", "missing-scope"],
    ["what a rotation took away", rotated(null, ["operator.read"]), "operator.admin", "missing-scope"],
    ["anything with no scopes", withToken({ scopes: [] }), "operator.read", "missing-scope"],
    ["anything when it is another token", withToken({ tokenId: "token-9" }), "operator.read", "not-good"],
    ["anything past its grace", rotated(999), "operator.read", "not-good"],
    ["anything when it is revoked", withToken({ revokedAtMs: 1 }), "operator.read", "not-good"],
    ["anything of a blocked device", record({ blockedKeys: ["key-1"] }), "operator.read", "not-good"],
    ["anything without the role", record({ device: device({ roles: ["node"] }) }), "operator.read", "not-good"],
    ["anything without a token", record({ device: device({ tokens: {} }) }), "operator.read", "not-good"],
    ["anything of a removed device", record({ device: null }), "operator.read", "not-good"],
  ])("%s", (_case, held, needed, because) => {
    expect(judgeBearer(held, { ...read, needed })).toBe(because)
  })
})
