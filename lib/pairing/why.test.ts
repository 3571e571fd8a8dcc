import { describe, expect, it } from "vitest"
import { explainWhy, verdictOf } from "./explain-why"
import type { Scopes } from "./types"
import { type RightsState, rightsAt, type ScopeEntry, type WhyAnswer, whyCan } from "./why"

const [read, write, admin, talk] = ["operator.read", "operator.write", "operator.admin", "operator.talk"]
const mara = { kind: "admin", name: "Mara" } as const
const local = { kind: "rule", name: "local" } as const
const clock = { kind: "system", name: "Gatehouse" } as const

const entry = (atMs: number, change: string, scope: string, actor: ScopeEntry["actor"] = mara): ScopeEntry => ({
  ...{ atMs, change, scope, actor, silent: actor.kind === "rule", requestId: actor === mara ? "r1" : null },
})
const rights = (approved: Scopes, inToken: Scopes = approved, withheld: Scopes = []): RightsState => ({
  ...{ approved, inToken, withheld },
})
const paired = { isPaired: true, isBlocked: false }

const text = (answer: WhyAnswer, scope: string | null) =>
  explainWhy(answer, scope)
    .map((part) => {
      if (typeof part === "string") return part
      if (part.kind === "scope") return part.scope
      if (part.kind === "instant") return `at ${part.atMs}`
      return part.kind === "name" ? part.text : `request ${part.requestId}`
    })
    .join("")

describe("why a device can do something, or not", () => {
  it.each<[string, string, RightsState, readonly ScopeEntry[], typeof paired, "yes" | "no", string]>([
    [
      "by its own name",
      ...([read, rights([read]), [entry(1, "approved", read), entry(2, "issued", read)], paired, "yes"] as const),
      "Its token holds operator.read since at 2. It was approved at 1 by Mara, by request r1.",
    ],
    [
      "within a wider one, silently",
      ...([
        read,
        rights([admin]),
        [entry(1, "approved", admin, local), entry(1, "issued", admin)],
        paired,
        "yes",
      ] as const),
      "Its token holds operator.admin, which includes operator.read, since at 1. It was approved at 1 silently, by the rule for this machine.",
    ],
    [
      "approved wide, in the token narrow",
      ...([
        read,
        rights([write], [read]),
        [entry(1, "approved", write), entry(3, "issued", read)],
        paired,
        "yes",
      ] as const),
      "Its token holds operator.read since at 3. It was approved at 1 by Mara, by request r1.",
    ],
    [
      "from before the history",
      ...([read, rights([read]), [], paired, "yes"] as const),
      "Its token holds operator.read. When that was approved is not written down any more.",
    ],
    [
      "narrowed",
      ...([write, rights([read, write], [read]), [entry(4, "narrowed", write)], paired, "no"] as const),
      "operator.write is approved, but was narrowed out of the token at 4 by Mara, by request r1. A reconnect with the shared token may use it again.",
    ],
    [
      "revoked",
      ...([read, rights([read], []), [entry(4, "revoked", read)], paired, "no"] as const),
      "operator.read is approved, but the token was revoked at 4 by Mara, by request r1. Only an approval of the role brings it back.",
    ],
    [
      "no token yet",
      ...([read, rights([read], []), [], paired, "no"] as const),
      "operator.read is approved, but no token was issued yet. It gets one when it next connects.",
    ],
    [
      "withheld",
      ...([write, rights([read], [read], [write]), [entry(2, "declined", write)], paired, "no"] as const),
      "operator.write is withheld, since at 2 by Mara, by request r1. Only an approval, or taking the mark off, changes that.",
    ],
    [
      "taken out, and the mark taken off since",
      ...([write, rights([read]), [entry(2, "lowered", write)], paired, "no"] as const),
      "operator.write was taken out of the approved scopes at 2 by Mara, by request r1.",
    ],
    [
      "ended by its time",
      ...([write, rights([read]), [entry(2, "lowered", write, clock)], paired, "no"] as const),
      "The grant of operator.write ended at 2 by Gatehouse.",
    ],
    [
      "of a role that was let in for a time",
      ...([read, rights([read], []), [entry(2, "revoked", read, clock)], paired, "no"] as const),
      "The grant of operator.read ended at 2 by Gatehouse.",
    ],
    [
      "asked only",
      ...([talk, rights([read]), [entry(5, "asked", talk, { kind: "device", name: "Laptop" })], paired, "no"] as const),
      "operator.talk was asked at 5 by the device, and never approved.",
    ],
    [
      "never asked",
      ...([talk, rights([read]), [], paired, "no"] as const),
      "operator.talk was never approved, and as far as is written down never asked for.",
    ],
    [
      "blocked",
      ...([read, rights([read]), [], { isPaired: true, isBlocked: true }, "no"] as const),
      "Its key is blocked: whatever it asks is refused.",
    ],
    [
      "removed",
      ...([read, rights([]), [entry(6, "lowered", read)], { isPaired: false, isBlocked: false }, "no"] as const),
      "It is not paired: that ended at 6 by Mara, by request r1.",
    ],
  ])("%s", (_case, scope, state, changes, standing, verdict, sentence) => {
    const answer = whyCan(scope, state, changes, standing)
    expect(verdictOf(answer)).toBe(verdict)
    expect(text(answer, scope)).toBe(sentence)
  })

  it("says of a method that it needs nothing, or that nobody knows", () => {
    expect(verdictOf({ kind: "needs-nothing" })).toBe("yes")
    expect(verdictOf({ kind: "unknown-method" })).toBe("unknown")
    expect(text({ kind: "unknown-method" }, null)).toContain("does not know")
  })
})

describe("the rights at an earlier instant", () => {
  const changes = [
    ...[entry(10, "approved", write), entry(10, "issued", write), entry(20, "narrowed", write)],
    ...[entry(30, "lowered", write), entry(30, "withheld", write), entry(40, "released", write)],
  ]
  // Read was there before anything was written down.
  const now = rights([read], [read])

  it.each<[number, RightsState]>([
    [9, rights([read])],
    [10, rights([read, write])],
    [20, rights([read, write], [read])],
    [30, rights([read], [read], [write])],
    [40, now],
  ])("%d", (atMs, state) => {
    expect(rightsAt(now, changes, atMs)).toEqual(state)
  })
})
