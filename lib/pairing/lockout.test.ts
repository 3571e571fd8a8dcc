import { describe, expect, it } from "vitest"
import { endsAuthority, lockoutLosses, scopesInForce } from "./lockout"
import { device, record, token } from "./testing/facts"
import type { LockoutLoss, Scopes } from "./types"

const [read, admin, pairing] = ["operator.read", "operator.admin", "operator.pairing"]
const others = { admin: { othersHoldAdmin: true, othersHoldPairing: true, isOwn: false } }
const alone = { othersHoldAdmin: false, othersHoldPairing: false, isOwn: false }
const own = { othersHoldAdmin: true, othersHoldPairing: true, isOwn: true }

describe("what a command would cut off", () => {
  it.each<[string, Scopes, Scopes, typeof alone, readonly LockoutLoss[]]>([
    ["the last admin", [admin], [], alone, ["last-admin", "last-pairing"]],
    ["the last admin, where another can pair", [admin], [], { ...alone, othersHoldPairing: true }, ["last-admin"]],
    ["the last admin, which may pair on", [admin], [pairing], alone, ["last-admin"]],
    ["the last that can pair", [pairing], [read], alone, ["last-pairing"]],
    ["one of several", [admin], [], others.admin, []],
    ["a reader", [read], [], alone, []],
    ["nothing of the last admin", [admin, read], [admin], alone, []],
    ["the person's own reader", [read], [], own, ["own-device"]],
    ["nothing of the person's own", [read], [read], own, []],
  ])("%s", (_case, before, after, facts, losses) => {
    expect(lockoutLosses(before, after, facts)).toEqual(losses)
    const isAboutAll = losses.some((loss) => loss !== "own-device")
    if (isAboutAll) expect(endsAuthority(before, after)).toBe(true)
  })

  it("counts tokens in force: not what is blocked, revoked or only approved", () => {
    const paired = device({ approvedScopes: [admin], tokens: { operator: token({ scopes: [read] }) } })
    expect(scopesInForce(record({ device: paired }))).toEqual([read])
    expect(scopesInForce(record({ device: paired, blockedKeys: ["key-1"] }))).toEqual([])
    const revoked = device({ tokens: { operator: token({ revokedAtMs: 1 }) } })
    expect(scopesInForce(record({ device: revoked }))).toEqual([])
    expect(scopesInForce(record({ device: null }))).toEqual([])
  })
})
