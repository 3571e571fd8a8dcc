import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decideConnect } from "./decide-connect"
import { frozenCeiling, hasRole } from "./device"
import { endOf, withoutEnded } from "./ends"
import { covers, uncovered } from "./scopes"
import { connect, life } from "./testing/arbitraries"
import { factsOf, type Happening, live, testPolicy } from "./testing/world"
import type { Role, Scopes } from "./types"

const runs = { numRuns: 2000 }
const forGood = Number.POSITIVE_INFINITY

/** Until when each scope or role was granted at most, kept beside the rules and by nothing but what was commanded. */
type Ledger = Map<string, number>

function keep(ledger: Ledger, { command, before, after, decision, refused, request, asked, nowMs }: Happening): void {
  if (after.device === null || before.device?.publicKey !== after.device.publicKey) ledger.clear()
  if (after.device === null || refused !== null) return
  const raise = (name: string, untilMs: number) => ledger.set(name, Math.max(ledger.get(name) ?? 0, untilMs))
  const had = before.device?.publicKey === after.device.publicKey ? before.device : null
  const ceiling = had === null ? [] : frozenCeiling(had)
  const gained = uncovered(ceiling, frozenCeiling(after.device))
  if (command.op === "approve" && request !== null) {
    const untilMs = command.forMs === null ? forGood : nowMs + command.forMs
    const isNew = had === null || !hasRole(had, request.role)
    if (isNew) ledger.delete(request.role)
    // With a role that comes back, all that is granted lasts as long as was said, not only what is gained.
    const already = request.scopes.filter((scope) => covers(ceiling, [scope]))
    for (const scope of isNew ? [...already, ...asked] : gained) raise(scope, untilMs)
    if (isNew || gained.length > 0) raise(request.role, untilMs)
  }
  if (command.op === "edit" && gained.length > 0) {
    const untilMs = command.forMs === null ? forGood : nowMs + command.forMs
    for (const name of [...gained, command.role]) raise(name, untilMs)
  }
  if (command.op === "extend") {
    // An upper bound: whatever ran may run as long as was said.
    const latestMs = Math.max(nowMs, ...Object.values(before.device?.ends ?? {}))
    const untilMs = command.byMs === null ? forGood : latestMs + command.byMs
    for (const name of Object.keys(after.device.ends)) if (after.device.ends[name] === untilMs) raise(name, untilMs)
    const gone = Object.keys(before.device?.ends ?? {}).filter((name) => after.device?.ends[name] === undefined)
    if (command.byMs === null) for (const name of gone) raise(name, forGood)
  }
  if (decision?.kind !== "silent-approve") return
  for (const scope of gained) raise(scope, forGood)
  if (had === null) raise(decision.role, forGood)
}

function always(check: (happening: Happening, ledger: Ledger) => void) {
  fc.assert(
    fc.property(life, (commands) => {
      const ledger: Ledger = new Map()
      for (const happening of live(commands)) {
        keep(ledger, happening)
        check(happening, ledger)
      }
    }),
    runs,
  )
}

describe("what was granted for a time, over any sequence of commands", () => {
  it("is held by nobody past the end that a person set, in the ceiling, in a token or as a role", () => {
    always(({ after, nowMs }, ledger) => {
      const { device } = after
      if (device === null) return
      const alive = [...ledger].filter(([, untilMs]) => nowMs <= untilMs).map(([name]) => name)
      expect(uncovered(alive, frozenCeiling(device))).toEqual([])
      for (const role of ["operator", "node"] as const) {
        if (hasRole(device, role)) expect(alive).toContain(role)
        const { scopes = [], predecessors = [] } = device.tokens[role] ?? {}
        for (const held of [scopes, ...predecessors.map((old) => old.scopes)])
          expect(uncovered(alive, held)).toEqual([])
      }
    })
  })

  it("lasts as long as was chosen where it is granted with its role", () => {
    always(({ command, before, after, refused, request, asked, nowMs }) => {
      if (command.op !== "approve" || refused !== null || request === null || after.device === null) return
      if (before.device?.publicKey === request.publicKey && hasRole(before.device, request.role)) return
      const untilMs = command.forMs === null ? forGood : nowMs + command.forMs
      for (const scope of asked) {
        expect(endOf(after.device, frozenCeiling(after.device), scope) ?? forGood).toBeGreaterThanOrEqual(untilMs)
      }
    })
  })

  it("comes back by a person only, whole, in parts or within something wider", () => {
    fc.assert(
      fc.property(life, (commands) => {
        let ended: Scopes = []
        let last: Happening | null = null
        for (const happening of live(commands)) {
          const { before, after, decision } = happening
          const earlier = last?.after.device ?? null
          const now = before.device === null ? [] : frozenCeiling(before.device)
          if (earlier !== null) ended = [...ended, ...uncovered(now, frozenCeiling(earlier))]
          const ceiling = after.device === null ? [] : frozenCeiling(after.device)
          if (decision?.kind === "silent-approve" && before.device !== null) {
            const gained = uncovered(now, ceiling)
            const touches = (scope: string) => ended.filter((old) => covers([scope], [old]) || covers([old], [scope]))
            expect(gained.flatMap(touches)).toEqual([])
          }
          // A person decided on it again, or it is another device.
          ended = after.device?.publicKey === before.device?.publicKey ? uncovered(ceiling, ended) : []
          last = happening
        }
      }),
      runs,
    )
  })

  it("never ends earlier because of an approval, an extension or a silent grant", () => {
    always(({ command, before, after, refused, decision }) => {
      const isGrant = command.op === "approve" || command.op === "extend" || decision?.kind === "silent-approve"
      if (!isGrant || refused !== null || before.device === null || after.device === null) return
      if (before.device.publicKey !== after.device.publicKey) return
      const [was, is] = [frozenCeiling(before.device), frozenCeiling(after.device)]
      for (const scope of was) {
        const end = endOf(after.device, is, scope)
        if (end !== null) expect(end).toBeGreaterThanOrEqual(endOf(before.device, was, scope) ?? forGood)
      }
    })
  })

  it("is over by the clock alone, whether or not that was written", () => {
    fc.assert(
      fc.property(life, connect, fc.constantFrom(1, 4_000, 20_000, 400_000), (commands, next, laterMs) => {
        const last = live(commands).at(-1)
        fc.pre(last !== undefined)
        const nowMs = last.nowMs + laterMs
        const written = withoutEnded(last.after, nowMs)
        const steps = [1_000, 3_000, 15_000].reduce((record, ms) => withoutEnded(record, last.nowMs + ms), last.after)
        const facts = factsOf(next, written, nowMs, "x")
        const [first, second] = [
          decideConnect(facts, last.after, testPolicy),
          decideConnect(facts, written, testPolicy),
        ]
        expect(first).toEqual(second)
        // However often it is written, it comes to the same.
        if (laterMs > 15_000) expect(withoutEnded(steps, nowMs)).toEqual(written)
        expect(withoutEnded(written, nowMs)).toBe(written)
      }),
      runs,
    )
  })

  it("meets lives in which roles and scopes end, so that none of the above holds for want of cases", () => {
    const met = new Set<string>()
    for (const commands of fc.sample(life, { numRuns: 3000, seed: 11 })) {
      let last: Happening | null = null
      for (const happening of live(commands)) {
        const [old, now] = [last?.after.device, happening.before.device]
        if (old && now) {
          if (uncovered(frozenCeiling(now), frozenCeiling(old)).length > 0) met.add("scopes")
          for (const role of ["operator", "node"] satisfies Role[])
            if (hasRole(old, role) && !hasRole(now, role)) met.add(role)
        }
        last = happening
      }
    }
    expect([...met].sort()).toEqual(["node", "operator", "scopes"])
  })
})
