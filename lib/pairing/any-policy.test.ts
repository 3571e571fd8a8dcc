import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decideConnect } from "./decide-connect"
import { frozenCeiling } from "./device"
import { covers, ofRole, uncovered, union } from "./scopes"
import { connect, life } from "./testing/arbitraries"
import { device, policy, token } from "./testing/facts"
import { ceilingFor, factsOf, type Happening, live } from "./testing/world"
import type { Device, DeviceRecord, Policy, Scopes } from "./types"

const scopes = fc.uniqueArray(
  fc.constantFrom("operator.read", "operator.write", "operator.admin", "operator.pairing", "operator.approvals"),
  { maxLength: 3 },
)

const anyPolicy: fc.Arbitrary<Policy> = fc
  .record<Partial<Policy>>({
    autoApproveLocal: fc.boolean(),
    localPairing: fc.constantFrom("silent", "manual"),
    localScopeUpgrade: fc.constantFrom("silent", "manual"),
    browserScopeUpgrade: fc.constantFrom("first-party", "never"),
    roleUpgrade: fc.constantFrom("manual", "local-silent"),
    pairedUpgrade: fc.constantFrom("manual", "same-key-auto"),
    silentAuthKinds: fc.subarray(["none", "token", "password", "device-token"]),
    silentScopeCeiling: fc.option(scopes),
    tsNetHostIsLocal: fc.boolean(),
    nodeAutoApproveCidrs: fc.constantFrom([], ["192.168.1.0/24"]),
    legacyRecords: fc.constantFrom("baseline", "baseline", "re-pair"),
    metadataPinning: fc.constantFrom("off", "all"),
    roleUpgradeApproval: fc.constantFrom("anywhere", "console"),
    rejectHoldMs: fc.constantFrom(0, 3_000, 86_400_000),
    graveGrantNote: fc.constantFrom("optional", "required"),
    pendingTtlMs: fc.constantFrom(3_000, 300_000),
  })
  .map((options) => policy(options))

/** No record, or one as another version or a person left it: legacy, narrowed, revoked, with scopes withheld. */
const anyStart: fc.Arbitrary<DeviceRecord> = fc.oneof(
  fc.constant({ device: null, requests: [], holds: [], blockedKeys: [] }),
  fc
    .record({
      legacyScopes: fc.option(scopes),
      approvedScopes: fc.option(scopes),
      tokenScopes: fc.option(scopes),
      withheld: scopes,
      isRevoked: fc.boolean(),
    })
    .map(({ legacyScopes, approvedScopes, tokenScopes, withheld, isRevoked }): DeviceRecord => {
      const ceiling = approvedScopes ?? legacyScopes ?? []
      const within = (list: Scopes) => list.filter((scope) => covers(ceiling, [scope]))
      const held = token({ scopes: within(tokenScopes ?? []), revokedAtMs: isRevoked ? 1 : null })
      const outside = withheld.filter((scope) => !covers(ceiling, [scope]))
      const tokens: Device["tokens"] = tokenScopes === null ? {} : { operator: held }
      const start = device({ legacyScopes, approvedScopes, withheld: outside, tokens })
      return { device: start, requests: [], holds: [], blockedKeys: [] }
    }),
)

function always(check: (happening: Happening, policy: Policy) => void) {
  fc.assert(
    fc.property(life, anyPolicy, anyStart, (commands, rules, start) => {
      for (const happening of live(commands, rules, start)) check(happening, rules)
    }),
    { numRuns: 2000 },
  )
}

const roles = ["operator", "node"] as const

/** What the device of a record was approved for before, where it is still the same one. */
function ceilingBefore({ before, after }: Happening, rules: Policy): Scopes {
  return before.device?.publicKey === after.device?.publicKey
    ? union(ceilingFor(before, "operator", rules), ceilingFor(before, "node", rules))
    : []
}

describe("whatever the policy says, and whatever record there was", () => {
  it("no token is issued with a scope outside the ceiling or of another role", () => {
    always(({ before, after }, rules) => {
      for (const role of roles) {
        const issued = after.device?.tokens[role]
        if (issued === undefined || issued.tokenId === before.device?.tokens[role]?.tokenId) continue
        expect(uncovered(ceilingFor(after, role, rules), issued.scopes)).toEqual([])
        expect(ofRole(issued.scopes, role)).toEqual(issued.scopes)
        expect(issued.predecessors.length).toBeLessThanOrEqual(2)
      }
    })
  })

  it("the ceiling shrinks by explicit commands only, and grows by what was asked", () => {
    always((happening, rules) => {
      const { command, before, after, decision, asked, request } = happening
      const was = ceilingBefore(happening, rules)
      const is = union(ceilingFor(after, "operator", rules), ceilingFor(after, "node", rules))
      const isSame = before.device?.publicKey === after.device?.publicKey
      if (isSame && !["remove", "lower", "take-back", "edit"].includes(command.op))
        expect(uncovered(is, was)).toEqual([])
      const gained = uncovered(was, is)
      if (gained.length === 0) return
      const isApproval = command.op === "approve" || command.op === "edit"
      expect(isApproval || decision?.kind === "silent-approve").toBe(true)
      expect(uncovered(union(asked, request?.scopes ?? []), gained)).toEqual([])
    })
  })

  it("a silent grant stays under its cap, brings nothing withheld back, takes no other key and no page unasked", () => {
    always((happening, rules) => {
      const { command, before, after, decision } = happening
      if (decision?.kind !== "silent-approve" || command.op !== "connect" || after.device === null) return
      if (rules.browserScopeUpgrade === "never") expect(command.net.origin).toBeNull()
      const gained = uncovered(ceilingBefore(happening, rules), frozenCeiling(after.device))
      if (rules.silentScopeCeiling !== null) expect(uncovered(rules.silentScopeCeiling, gained)).toEqual([])
      const withheld = before.device?.withheld ?? []
      expect(withheld.filter((scope) => covers(frozenCeiling(after.device ?? device()), [scope]))).toEqual([])
      expect([undefined, after.device.publicKey]).toContain(before.device?.publicKey)
    })
  })

  it("a session gets no more than it asked, than is approved, and than its token holds", () => {
    always(({ after, decision }, rules) => {
      if (decision?.kind !== "allow" && decision?.kind !== "silent-approve") return
      const { asked, granted, role } = decision
      expect(uncovered(asked, granted)).toEqual([])
      expect(uncovered(ceilingFor(after, role, rules), granted)).toEqual([])
      expect(uncovered(after.device?.tokens[role]?.scopes ?? [], granted)).toEqual([])
    })
  })

  it("the marks of a record fit its ceiling, its requests its keys, and its revision its rights", () => {
    const rightsOf = ({ roles, approvedScopes, withheld, tokens }: Device) =>
      JSON.stringify([
        ...[roles, approvedScopes, withheld],
        Object.values(tokens).map(({ tokenId, scopes, revokedAtMs }) => [tokenId, scopes, revokedAtMs]),
      ])
    always(({ before, after }) => {
      const names = after.requests.map(({ publicKey, role }) => `${publicKey} ${role}`)
      expect(new Set(names).size).toBe(names.length)
      expect(after.requests.filter((request) => after.blockedKeys.includes(request.publicKey))).toEqual([])
      if (after.device === null) return
      const ceiling = frozenCeiling(after.device)
      expect(after.device.withheld.filter((scope) => covers(ceiling, [scope]))).toEqual([])
      expect(uncovered(ceiling, after.device.silentScopes)).toEqual([])
      if (before.device === null || rightsOf(before.device) === rightsOf(after.device)) return
      expect(after.device.revision).toBeGreaterThan(before.device.revision)
    })
  })

  it("repeating a connect settles in allow, in the same refusal, or in the same request", () => {
    fc.assert(
      fc.property(life, connect, anyPolicy, anyStart, (commands, next, rules, start) => {
        const last = live(commands, rules, start).at(-1)
        fc.pre(last !== undefined)
        let record = last.after
        const answers = [1, 2, 3, 4, 5].map((turn) => {
          const decision = decideConnect(factsOf(next, record, last.nowMs + turn, `again-${turn}`), record, rules)
          if (decision.kind !== "reject") record = decision.next
          return decision.kind === "pending" ? decision.request.requestId : `${decision.kind} ${decision.reason}`
        })
        expect(answers[4]).toBe(answers[3])
        expect(answers[4]).not.toMatch(/^silent/)
      }),
      { numRuns: 2000 },
    )
  })
})
