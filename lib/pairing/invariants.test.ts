import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { frozenCeiling, hasRole } from "./device"
import { nextEndMs } from "./ends"
import type { NetFacts } from "./facts"
import { withoutExpired } from "./requests"
import { covers, ofRole, sameScopes, uncovered, union } from "./scopes"
import { connect, life, lifeAs, net, nodeScope, operatorScope, part } from "./testing/arbitraries"
import { chosen } from "./testing/choices"
import { type Command, ceilingFor, factsOf, type Happening, live, testPolicy } from "./testing/world"
import type { Role } from "./types"

const runs = { numRuns: 2000 }

function always(check: (happening: Happening) => void) {
  fc.assert(
    fc.property(life, (commands) => {
      for (const happening of live(commands)) check(happening)
    }),
    runs,
  )
}

/** A life, and then one more connect: the record it meets is whatever that life left behind. */
function afterwards(check: (last: Happening, next: Extract<Command, { op: "connect" }>) => void) {
  fc.assert(
    fc.property(life, connect, (commands, next) => {
      const last = live(commands).at(-1)
      if (last !== undefined) check(last, next)
    }),
    runs,
  )
}

const roles = ["operator", "node"] as const
const bothCeilings = ({ before, after }: Happening, of: Role) =>
  [ceilingFor(before, of), ceilingFor(after, of)] as const

describe("the invariants of the rules, over any sequence of commands", () => {
  it("1: no token holds a scope outside the ceiling", () => {
    always(({ after }) => {
      for (const of of roles) {
        const token = after.device?.tokens[of]
        if (token !== undefined) expect(uncovered(ceilingFor(after, of), token.scopes)).toEqual([])
      }
    })
  })

  it("2: the ceiling shrinks by explicit commands only, and grows by what an approval or silent grant was asked", () => {
    always((happening) => {
      const { command, before, after, decision, asked, request } = happening
      const isReplaced =
        before.device !== null && after.device !== null && before.device.publicKey !== after.device.publicKey
      for (const of of roles) {
        const [was, is] = bothCeilings(happening, of)
        if (!isReplaced && !["remove", "lower", "take-back", "edit"].includes(command.op))
          expect(uncovered(is, was)).toEqual([])
        const gained = uncovered(isReplaced ? [] : was, is)
        if (gained.length === 0) continue
        const isApproval = command.op === "approve" || command.op === "edit"
        expect(isApproval || decision?.kind === "silent-approve").toBe(true)
        expect(uncovered(union(asked, request?.scopes ?? []), gained)).toEqual([])
      }
    })
  })

  it("3: a connect that is not local changes neither roles nor ceiling", () => {
    always(({ before, after, decision }) => {
      if (decision === null || decision.locality.local) return
      expect(after.device?.roles).toEqual(before.device?.roles)
      expect(after.device?.approvedScopes).toEqual(before.device?.approvedScopes)
    })
  })

  it("4: a refusal leaves everything as it was, and nothing ever changes the record it was given", () => {
    always(({ before, after, decision, refused, isPure }) => {
      expect(isPure).toBe(true)
      if (decision?.kind === "reject" || refused !== null) expect(after).toBe(before)
    })
  })

  it.each(roles)(
    "5: after a rotation any part of what is approved for the role %s is allowed with the shared secret",
    (of) => {
      fc.assert(
        fc.property(lifeAs(of), net, part, fc.boolean(), (commands, from, subset, whole) => {
          const last = live(commands).at(-1)
          const device = last?.after.device ?? null
          fc.pre(last !== undefined && device !== null && hasRole(device, of))
          fc.pre(device.withheld.length === 0 && last.after.blockedKeys.length === 0)
          fc.pre((nextEndMs(device) ?? Number.POSITIVE_INFINITY) > last.nowMs + 2000)
          const rotated = live([
            ...commands,
            { op: "rotate", role: of, scopes: [], onPickup: whole, remember: false, authority: consoleAuthority },
          ]).at(-1)
          expect(rotated?.refused).toBeNull()
          if (rotated === undefined) return
          const ceiling = ofRole(frozenCeiling(device), of)
          const asked = whole ? ceiling : chosen(ceiling, subset)
          const key = device.publicKey === "key-2" ? "key-2" : "key-1"
          const offer = { upstream: false, commands: [], platform: null } as const
          const next = { op: "connect", key, role: of, scopes: asked, auth: "token", net: from, ...offer } as const
          const facts = factsOf(next, rotated.after, rotated.nowMs + 1000, "next")
          const decision = decideConnect(facts, rotated.after, testPolicy)
          expect(decision.kind).toBe("allow")
          expect(decision.kind === "allow" && sameScopes(decision.granted, asked)).toBe(true)
        }),
        runs,
      )
    },
  )

  it("6: an approval grants exactly the chosen part of what was shown", () => {
    always((happening) => {
      const { command, refused, request, asked } = happening
      if (command.op !== "approve" || refused !== null || request === null) return
      const isReplaced = happening.before.device?.publicKey !== request.publicKey
      const [was, is] = bothCeilings(happening, request.role)
      expect(sameScopes(is, union(isReplaced ? [] : was, asked))).toBe(true)
      expect(covers(request.scopes, asked)).toBe(true)
    })
  })

  it("7: repeating a connect settles in allow, in the same refusal, or in the same request", () => {
    afterwards((last, next) => {
      let record = last.after
      const answers = [1, 2, 3, 4].map((turn) => {
        const decision = decideConnect(factsOf(next, record, last.nowMs + turn, `again-${turn}`), record, testPolicy)
        if (decision.kind !== "reject") record = decision.next
        return decision.kind === "pending" ? decision.request.requestId : `${decision.kind} ${decision.reason}`
      })
      expect(answers[3]).toBe(answers[2])
      expect(answers[3]).not.toMatch(/^silent/)
    })
  })

  it("8: making the network less local never turns a request into a silent grant", () => {
    const worse = fc.constantFrom<(from: NetFacts) => NetFacts>(
      (from) => ({ ...from, peerAddress: "192.168.1.20" }),
      (from) => ({ ...from, host: "attacker.example" }),
      (from) => ({ ...from, origin: "https://evil.example" }),
      (from) => ({ ...from, isControlUi: true }),
      (from) => ({ ...from, headers: { ...from.headers, "x-forwarded-for": "127.0.0.1" } }),
      (from) => ({ ...from, headers: { ...from.headers, "x-forwarded-host": "localhost" } }),
      (from) => ({ ...from, trustedProxies: [...from.trustedProxies, "127.0.0.0/8", "::1"] }),
    )
    fc.assert(
      fc.property(life, connect, worse, (commands, next, worsen) => {
        const last = live(commands).at(-1)
        fc.pre(last !== undefined)
        const decide = (from: NetFacts) =>
          decideConnect(factsOf({ ...next, net: from }, last.after, last.nowMs + 1, "x"), last.after, testPolicy)
        fc.pre(decide(next.net).kind === "pending")
        expect(decide(worsen(next.net)).kind).not.toBe("silent-approve")
      }),
      runs,
    )
  })

  it("9: asking for one scope more never turns a request into an allow", () => {
    fc.assert(
      fc.property(life, connect, operatorScope, nodeScope, (commands, next, more, nodeMore) => {
        const last = live(commands).at(-1)
        fc.pre(last !== undefined)
        const decide = (scopes: readonly string[]) =>
          decideConnect(factsOf({ ...next, scopes }, last.after, last.nowMs + 1, "x"), last.after, testPolicy)
        const wider = [...next.scopes, next.role === "node" ? nodeMore : more]
        fc.pre(decide(next.scopes).kind === "pending")
        expect(decide(wider).kind).not.toBe("allow")
      }),
      runs,
    )
  })

  it("grants no role silently, wherever the connect comes from", () => {
    always(({ before, after, decision }) => {
      if (decision === null || before.device === null) return
      expect(after.device?.roles).toEqual(before.device.roles)
    })
  })

  it("brings nothing back silently that a person withheld", () => {
    always(({ before, after, decision }) => {
      if (decision?.kind !== "silent-approve" || before.device === null || after.device === null) return
      const ceiling = frozenCeiling(after.device)
      expect(before.device.withheld.filter((scope) => covers(ceiling, [scope]))).toEqual([])
    })
  })

  it("meets lives that reach every kind of answer, so that none of the above holds for want of cases", () => {
    const met = new Set<string>()
    const sample = fc.sample(life, { numRuns: 12000, seed: 7 })
    for (const happening of sample.flatMap((commands) => live(commands))) {
      if (happening.decision !== null) met.add(`${happening.decision.kind} ${happening.decision.reason}`)
      if (happening.decision?.kind === "pending" && happening.decision.manual === "grant-ended")
        met.add(`pending ${happening.decision.reason} of what ended`)
      if (happening.refused !== null) met.add(`refused ${happening.refused.because}`)
      if (happening.refused === null && happening.decision === null) met.add(happening.command.op)
      const live = withoutExpired(happening.after, testPolicy, happening.nowMs)
      if (live !== happening.after) met.add("expired")
    }
    for (const answer of [
      "allow within-ceiling",
      "allow withheld-left-out",
      "allow commands-left-out",
      "allow narrowed-left-out",
      "allow predecessor",
      "silent-approve not-paired",
      "silent-approve scope-upgrade",
      "pending not-paired",
      "pending scope-upgrade",
      "pending role-upgrade",
      "pending metadata-upgrade",
      "reject unauthorized",
      "reject blocked",
      "reject rejected",
      "reject token-mismatch",
      "reject token-revoked",
      "reject token-scope-mismatch",
      "reject device-not-paired",
      "refused not-found",
      "refused own-role-upgrade",
      "refused own-commands",
      "refused not-own-device",
      "refused approver-missing-scope",
      "refused caller-missing-scope",
      "refused scope-outside-approved-baseline",
      "refused token-revoked",
      "approve",
      "rotate",
      "revoke",
      "extend",
      "pending scope-upgrade of what ended",
      "pending role-upgrade of what ended",
      "refused grant-ended",
      "refused own-end",
      "lower",
      "take-back",
      "edit",
      "reopen",
      "expired",
    ]) {
      expect([...met]).toContain(answer)
    }
  })
})
