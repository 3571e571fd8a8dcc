import { describe, expect, it } from "vitest"
import { approve } from "./approve"
import { consoleAuthority } from "./authority"
import { lowerCeiling, takeBackSilent } from "./ceiling"
import { decideConnect } from "./decide-connect"
import { digestText } from "./digest"
import type { ConnectFacts } from "./facts"
import { hardenedPolicy } from "./policy"
import { device, facts, lan, loopback, policy, record, token } from "./testing/facts"
import { emptyMetadata } from "./testing/scenario"
import type { DeviceRecord, Policy } from "./types"

const cli = { ...emptyMetadata, clientId: "cli", clientMode: "cli" }
const backend = { ...emptyMetadata, clientId: "gateway-client", clientMode: "backend" }
const probe = { ...emptyMetadata, clientId: "cli", clientMode: "probe" }
const deviceless = (over: Partial<ConnectFacts> = {}) =>
  facts({ identity: null, metadata: cli, net: loopback, scopes: ["operator.pairing"], ...over })

describe("the command-line tool, which sends no device", () => {
  it.each([
    ["is let in with what it asks on this machine", deviceless(), "allow", "local-command-line"],
    ["is let in in its other guise", deviceless({ metadata: backend }), "allow", "local-command-line"],
    ["may do nothing when it is seen as remote", deviceless({ net: lan }), "allow", "remote-command-line"],
    ["is let in as a probe", deviceless({ metadata: probe }), "allow", "probe"],
    [
      "needs the shared secret, as a probe too",
      deviceless({ metadata: probe, auth: { kind: "none" } }),
      "reject",
      "device-required",
    ],
    ["needs the shared secret", deviceless({ auth: { kind: "none" } }), "reject", "device-required"],
    ["needs a validated secret", deviceless({ auth: { kind: "invalid" } }), "reject", "unauthorized"],
    ["is never a node", deviceless({ role: "node", scopes: [] }), "reject", "device-required"],
    [
      "is not a page",
      deviceless({ net: { ...loopback, origin: "http://127.0.0.1:18789" } }),
      "reject",
      "device-required",
    ],
    ["is not any other client", deviceless({ metadata: emptyMetadata }), "reject", "device-required"],
  ])("%s", (_case, given, kind, reason) => {
    expect(decideConnect(given, record({ device: null }), policy())).toMatchObject({ kind, reason })
  })

  it("is refused under the hardened preset", () => {
    expect(decideConnect(deviceless(), record({ device: null }), hardenedPolicy)).toMatchObject({ kind: "reject" })
  })

  it("gets no scope as a probe, on this machine neither", () => {
    expect(decideConnect(deviceless({ metadata: probe }), record({ device: null }), policy())).toMatchObject({
      granted: [],
    })
  })

  it("gets no scope when it is seen as remote", () => {
    expect(decideConnect(deviceless({ net: lan }), record({ device: null }), policy())).toMatchObject({ granted: [] })
  })
})

describe("withheld scopes", () => {
  const withheld = (scope: string) => record({ device: device({ withheld: [scope] }) })
  const local = (scopes: string[]) => facts({ net: loopback, scopes })

  it("are not brought back by a silent grant that implies them", () => {
    const decision = decideConnect(local(["operator.admin"]), withheld("operator.write"), policy())
    expect(decision).toMatchObject({ kind: "pending", manual: "withheld", missing: ["operator.admin"] })
  })

  it("are shown on a request with a further missing scope, and released by approving them", () => {
    const asked = facts({ scopes: ["operator.write", "operator.approvals"] })
    const decision = decideConnect(asked, withheld("operator.write"), policy())
    expect(decision).toMatchObject({ kind: "pending", withheld: ["operator.write"] })
    if (decision.kind !== "pending") return
    const approved = approve(decision.next, {
      requestId: decision.request.requestId,
      authority: consoleAuthority,
      from: "console",
      policy: policy(),
      nowMs: 10_001,
      freshTokenId: "t",
    })
    expect(approved.ok && approved.next.device?.withheld).toEqual([])
  })

  it.each([
    ["what was approved meanwhile stays", ["read", "write", "talk"], { remove: ["write"] }, ["read", "talk"]],
    ["a narrower scope may stay in place of a wide one", ["admin"], { remove: ["admin"], keep: ["read"] }, ["read"]],
    ["all of it goes", ["read", "write"], { remove: ["read", "write"] }, []],
    ["what somebody else took out first is no matter", ["read"], { remove: ["read", "write"] }, []],
    ["what an approved one implies goes only with that", ["read", "admin"], { remove: ["read"] }, "nothing-to-change"],
    ["nothing named, nothing taken", ["read"], { remove: [] }, "nothing-to-change"],
    ["keeping gives nothing", ["read"], { remove: ["read"], keep: ["admin"] }, "scope-outside-approved-baseline"],
  ] as const)("come from lowering the ceiling: %s", (_case, approved, { remove, ...more }, left) => {
    const full = (names: readonly string[]) => names.map((name) => `operator.${name}`)
    const keep = "keep" in more ? full(more.keep) : undefined
    const before = record({ device: device({ approvedScopes: full(approved) }) })
    const lowered = lowerCeiling(before, { remove: full(remove), keep, nowMs: 10_000 }, policy())
    if (typeof left === "string") expect(lowered).toMatchObject({ ok: false, because: left })
    else expect(lowered.ok && lowered.next.device?.approvedScopes).toEqual(full(left))
  })

  it("come from lowering the ceiling, which takes them out of the token as well", () => {
    const wide = ["operator.read", "operator.write"]
    const before = record({ device: device({ approvedScopes: wide, tokens: { operator: token({ scopes: wide }) } }) })
    const lowered = lowerCeiling(before, { remove: ["operator.write"], nowMs: 10_000 }, policy())
    if (!lowered.ok) throw new Error(lowered.because)
    expect(lowered.roles).toEqual(["operator"])
    expect(lowered.next.device).toMatchObject({ approvedScopes: ["operator.read"], withheld: ["operator.write"] })
    expect(lowered.next.device?.tokens.operator?.scopes).toEqual(["operator.read"])
    expect(decideConnect(facts({ net: loopback, scopes: wide }), lowered.next, policy())).toMatchObject({
      kind: "allow",
      reason: "withheld-left-out",
      granted: ["operator.read"],
    })
  })

  it("come from taking back a silent grant", () => {
    const granted = decideConnect(local(["operator.approvals"]), record(), policy())
    if (granted.kind !== "silent-approve") throw new Error(granted.kind)
    const taken = takeBackSilent(granted.next, { nowMs: 10_000 }, policy())
    expect(taken.ok && taken.next.device).toMatchObject({
      approvedScopes: ["operator.read"],
      withheld: ["operator.approvals"],
      silentScopes: [],
    })
  })
})

describe("pinned metadata", () => {
  const mac = { ...emptyMetadata, platform: "macOS" }
  const pinned = record({ device: device({ metadata: mac }) })
  it.each<[string, Partial<Policy>, string | null, string]>([
    ["is looked at only where the policy says so", {}, "linux", "allow"],
    ["asks a person about another platform", { metadataPinning: "all" }, "linux", "pending"],
    ["does not mind the case", { metadataPinning: "all" }, "MACOS", "allow"],
  ])("%s", (_case, over, platform, kind) => {
    const given = facts({ net: loopback, metadata: { ...mac, platform } })
    expect(decideConnect(given, pinned, policy(over)).kind).toBe(kind)
  })
})

describe("an approval in the console", () => {
  const filed = decideConnect(facts({ scopes: ["operator.write"] }), record(), policy())
  const hash = (text: string) => `#${text}`
  const input = (shown: string) => ({
    requestId: "fresh-request",
    authority: consoleAuthority,
    from: "console" as const,
    shown: { digest: shown, hash },
    policy: policy(),
    nowMs: 10_001,
    freshTokenId: "t",
  })
  const waiting = (): DeviceRecord => {
    if (filed.kind !== "pending") throw new Error(filed.kind)
    return filed.next
  }
  const digest = () => hash(digestText(waiting(), waiting().requests[0] ?? never()))
  const never = (): never => {
    throw new Error("no request")
  }

  it("binds to what was shown", () => {
    expect(approve(waiting(), input(digest())).ok).toBe(true)
    expect(approve(waiting(), input("#other"))).toMatchObject({ because: "request-changed" })
  })

  it("survives retries of the device", () => {
    const retried = decideConnect(facts({ scopes: ["operator.write"], nowMs: 10_002 }), waiting(), policy())
    expect(retried.kind === "pending" && approve(retried.next, input(digest())).ok).toBe(true)
  })

  it("is void when the rights of the device changed meanwhile", () => {
    const lowered = lowerCeiling(waiting(), { remove: ["operator.read"], nowMs: 10_000 }, policy())
    if (!lowered.ok) throw new Error(lowered.because)
    expect(approve(lowered.next, input(digest()))).toMatchObject({ because: "request-changed" })
  })

  it("may not give more than was asked", () => {
    const more = { ...input(digest()), grant: ["operator.admin"] }
    expect(approve(waiting(), more)).toMatchObject({ because: "grant-outside-request" })
  })
})

describe("a role upgrade", () => {
  const asks = decideConnect(facts({ role: "node", scopes: [], net: loopback }), record(), policy())
  const input = (from: "console" | "wire", over: Partial<Policy>) => ({
    requestId: "fresh-request",
    authority: { scopes: ["operator.admin"], deviceId: null },
    from,
    policy: policy(over),
    nowMs: 10_001,
    freshTokenId: "t",
  })

  it("is approved over the wire only where the policy allows it", () => {
    if (asks.kind !== "pending") throw new Error(asks.kind)
    expect(approve(asks.next, input("wire", {})).ok).toBe(true)
    expect(approve(asks.next, input("wire", { roleUpgradeApproval: "console" })).ok).toBe(false)
    expect(approve(asks.next, input("console", { roleUpgradeApproval: "console" })).ok).toBe(true)
  })

  it("by policy never revives a revoked role silently", () => {
    const revoked = record({ device: device({ tokens: { operator: token({ revokedAtMs: 1 }) } }) })
    const decision = decideConnect(facts({ net: loopback }), revoked, policy({ roleUpgrade: "local-silent" }))
    expect(decision).toMatchObject({ kind: "pending", manual: "role-revoked" })
  })
})

describe("form", () => {
  it.each([
    ["an unknown role", { role: "superuser" }, "invalid-role"],
    ["a scope with a separator", { scopes: ["operator.read|x"] }, "invalid-scope"],
    ["a scope with white space inside", { scopes: ["operator.re ad"] }, "invalid-scope"],
    ["a scope without a name", { scopes: ["operator."] }, "invalid-scope"],
    ["a scope without a prefix", { scopes: ["read"] }, "invalid-scope"],
    [
      "more scopes than any client asks",
      { scopes: Array.from({ length: 65 }, (_, i) => `operator.s${i}`) },
      "invalid-scope",
    ],
    ["a scope of the other role", { scopes: ["node.exec"] }, "invalid-scope"],
  ])("%s is refused", (_case, over, reason) => {
    expect(decideConnect(facts(over), record(), policy())).toMatchObject({ kind: "reject", reason })
  })
})
