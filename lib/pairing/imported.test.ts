import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { hasRole } from "./device"
import { type ForeignDevice, type ForeignToken, takeOver } from "./imported"
import { seedPolicy } from "./policy"
import { rotate } from "./rotate"
import scenarios from "./scenarios.json"
import { device, facts, lan, loopback, policy, record, token } from "./testing/facts"
import { libraryExecutor } from "./testing/library-executor"
import { emptyMetadata, recordBefore, runScenario, type Scenario, scenarioPolicy } from "./testing/scenario"
import { importedId } from "./tokens"
import type { DeviceRecord } from "./types"

const read = "operator.read"
const write = "operator.write"
const nobody = record({ device: null })

const held: ForeignToken = {
  tokenId: importedId("hash"),
  role: "operator",
  scopes: [read],
  createdAtMs: 1_000,
  rotatedAtMs: null,
  lastUsedAtMs: 2_000,
  revokedAtMs: null,
  isTied: false,
}

function foreign(over: Partial<ForeignDevice> = {}): ForeignDevice {
  return {
    deviceId: "dev-1",
    publicKey: "key-1",
    metadata: emptyMetadata,
    role: "operator",
    roles: ["operator"],
    scopes: [read],
    approvedScopes: [read],
    tokens: [held],
    approvedVia: "owner",
    approvedCommands: null,
    pairedAtMs: 500,
    approvedAtMs: 900,
    ...over,
  }
}

const over = (difference: Partial<ForeignDevice>, from = nobody, wasRemoved = false) =>
  takeOver(from, foreign(difference), { wasRemoved })

function taken(difference: Partial<ForeignDevice>): DeviceRecord {
  const result = over(difference)
  if (!result.ok) throw new Error(result.because)
  return result.next
}

describe("the scenarios, of devices that came from another gateway", () => {
  const known = (scenarios as unknown as Scenario[]).filter(({ device: stored }) => stored && !stored.withheld)

  /** The record of a scenario's device, as if it had been read from the store of another gateway. */
  function broughtRecord(scenario: Scenario): DeviceRecord {
    const before = recordBefore(scenario)
    const { device: stored } = scenario
    if (stored === null) return before
    const tokens = Object.entries(stored.tokens ?? {}).map(([role, { scopes, revoked }]) => ({
      ...{ ...held, tokenId: `before-${role}`, role, scopes, createdAtMs: 0, lastUsedAtMs: 0 },
      revokedAtMs: revoked === true ? 0 : null,
    }))
    const { deviceId, publicKey, role = null, roles = null, scopes = null, approvedScopes = null } = stored
    const rights = { deviceId, publicKey, role, roles, scopes, approvedScopes, tokens }
    const result = takeOver({ ...before, device: null }, foreign(rights), { wasRemoved: false })
    if (!result.ok) throw new Error(result.because)
    return result.next
  }

  it("are most of them", () => expect(known.length).toBeGreaterThan(90))

  it.each(known)("$id $title", async (scenario) => {
    const executor = libraryExecutor(broughtRecord(scenario), scenarioPolicy(seedPolicy, scenario))
    expect(await runScenario(scenario, executor)).toBeNull()
  })
})

describe("a legacy record", () => {
  it("without approved scopes has its scopes as ceiling, and keeps them when it is rotated to fewer (R2, R10)", () => {
    const legacy = taken({ approvedScopes: null, scopes: [read, write] })
    expect(legacy.device).toMatchObject({ approvedScopes: null, legacyScopes: [read, write] })
    const by = { authority: consoleAuthority, rememberNarrowing: true, nowMs: 9_000, freshTokenId: "r" }
    const narrowed = rotate(legacy, {
      role: "operator",
      mode: { kind: "at-once" },
      scopes: [],
      ...by,
      policy: policy(),
    })
    expect(narrowed.ok && narrowed.next.device?.approvedScopes).toEqual([read, write])
  })

  it("with neither list has no ceiling, whatever its token says, and cannot be rotated (R2, R10)", () => {
    const bare = taken({ approvedScopes: null, scopes: null })
    expect(bare.device).toMatchObject({
      approvedScopes: null,
      legacyScopes: null,
      tokens: { operator: { scopes: [] } },
    })
    expect(decideConnect(facts(), bare, policy())).toMatchObject({ kind: "pending", reason: "scope-upgrade" })
    const by = { authority: consoleAuthority, rememberNarrowing: true, nowMs: 9_000, freshTokenId: "r" }
    const refused = rotate(bare, { role: "operator", mode: { kind: "at-once" }, ...by, policy: policy() })
    expect(refused).toMatchObject({ because: "missing-approved-baseline" })
  })

  it("of a node that never had a scope has an empty ceiling, and can be rotated", () => {
    const node = taken({ role: "node", roles: null, scopes: null, approvedScopes: null, tokens: [] })
    expect(node.device).toMatchObject({ roles: ["node"], legacyScopes: [] })
    const by = { authority: consoleAuthority, rememberNarrowing: true, nowMs: 9_000, freshTokenId: "r" }
    expect(rotate(node, { role: "node", mode: { kind: "at-once" }, ...by, policy: policy() })).toMatchObject({
      ok: true,
    })
  })

  it("without tokens keeps its role and gets one; without any role it has none, on the machine itself too (R19)", () => {
    const tokenless = decideConnect(facts(), taken({ tokens: [] }), policy())
    expect(tokenless).toMatchObject({ kind: "allow", next: { device: { tokens: { operator: { scopes: [read] } } } } })
    const roleless = taken({ role: null, roles: null })
    const asked = decideConnect(facts({ net: loopback }), roleless, policy())
    expect(asked).toMatchObject({ kind: "pending", reason: "role-upgrade" })
  })
})

describe("what comes along", () => {
  it("is what was approved, with instants and the token's age", () => {
    expect(taken({ tokens: [{ ...held, rotatedAtMs: 1_500 }] }).device).toMatchObject({
      ...{ roles: ["operator"], approvedScopes: [read], approvedVia: "person", pairedAtMs: 500, approvedAtMs: 900 },
      tokens: { operator: { createdAtMs: 1_000, issuedAtMs: 1_500, usedAtMs: 2_000, scopes: [read] } },
    })
  })

  it.each([
    ["silent", { approvedVia: "local", silentScopes: [read] }],
    ["trusted-cidr", { approvedVia: "node-cidr", silentScopes: [] }],
    ["ssh-verified", { approvedVia: "node-cidr", silentScopes: [] }],
    ["trusted-proxy", { approvedVia: "identity-proxy", silentScopes: [read] }],
    ["bootstrap", { approvedVia: "person", silentScopes: [] }],
    [null, { approvedVia: "person", silentScopes: [] }],
  ])("says how it was let in there: %s", (approvedVia, expected) => {
    expect(taken({ approvedVia }).device).toMatchObject(expected)
  })

  it("are the commands that a person approved for a node, with the platform that was shown", () => {
    const metadata = { ...emptyMetadata, platform: "linux" }
    const node = { role: "node", roles: ["node"], scopes: [], approvedScopes: [], tokens: [], metadata }
    const expected = { approvedCommands: ["camera.snap"], nodePlatform: "linux" }
    expect(taken({ ...node, approvedCommands: ["camera.snap"] }).device).toMatchObject(expected)
    expect(taken({ approvedCommands: ["camera.snap"] }).device).toMatchObject({ approvedCommands: null })
  })

  it("is a revocation, which stays one (R11)", () => {
    const revoked = taken({ tokens: [{ ...held, revokedAtMs: 3_000 }] })
    expect(revoked.device !== null && hasRole(revoked.device, "operator")).toBe(false)
    expect(decideConnect(facts({ net: loopback }), revoked, policy())).toMatchObject({ reason: "role-upgrade" })
  })
})

describe("what stays behind", () => {
  it.each([
    ["a role that does not exist here", { roles: ["operator", "worker"] }, { what: "roles", names: ["worker"] }],
    ["a scope that nobody may be given", { approvedScopes: [read, "*"] }, { what: "scopes", names: ["*"] }],
    [
      "the token of a role that it does not have",
      { tokens: [held, { ...held, role: "node" }] },
      { what: "token-of-no-role", names: ["node"] },
    ],
    [
      "a token that ends with the shared secret over there",
      { tokens: [{ ...held, isTied: true }] },
      { what: "token-tied", names: ["operator"] },
    ],
  ])("is %s", (_case, difference, left) => {
    const result = over(difference)
    expect(result).toMatchObject({ ok: true, leftBehind: [left] })
    expect(result.ok && result.device.approvedScopes).toEqual([read])
  })

  it("is what a token held beyond the ceiling, or of another role", () => {
    const wide = taken({ tokens: [{ ...held, scopes: [read, "operator.admin", "node.x"] }] })
    expect(wide.device?.tokens.operator?.scopes).toEqual([read])
  })
})

describe("what is here already is not touched", () => {
  const here = record({ device: device({ tokens: { operator: token() } }) })

  it.each([
    ["a device of the same rights", {}, here, false, { because: "already-here", differs: [] }],
    ["one with fewer scopes", { approvedScopes: [read, write] }, here, false, { differs: ["scopes"] }],
    ["one with another role", { roles: ["node"] }, here, false, { differs: ["roles"] }],
    ["one under another key", { publicKey: "key-2" }, here, false, { differs: ["key"] }],
    ["a block", {}, { ...nobody, blockedKeys: ["key-1"] }, false, { because: "blocked" }],
    ["that it was removed", {}, nobody, true, { because: "removed-here" }],
    ["a device with roles that do not exist here", { roles: ["worker"] }, nobody, false, { because: "unknown-role" }],
  ])("%s", (_case, difference, from, wasRemoved, expected) => {
    expect(over(difference, from, wasRemoved)).toMatchObject({ ok: false, ...expected })
  })
})

it("a device that was taken over is let in within its ceiling and asks a person beyond it", () => {
  expect(decideConnect(facts({ net: lan }), taken({}), policy())).toMatchObject({ kind: "allow" })
  const more = decideConnect(facts({ net: lan, scopes: [read, write] }), taken({}), policy())
  expect(more).toMatchObject({ kind: "pending", missing: [write] })
})
