import { number, text } from "@/lib/store/rows"
import type { Store } from "@/lib/store/store"
import { auditRules } from "./audit-filter"
import { outcomeActions } from "./overview-links"
import {
  type Correction,
  corrections,
  type DecisionTime,
  decisions,
  type Outcome,
  type Overview,
  type OverviewDay,
  type OverviewPeriod,
  outcomes,
  type PersonCounts,
} from "./overview-types"

const dayMs = 86_400_000
const mostPeople = 5
/** Enough for a median that means something, few enough to be read at each view. */
const sampleSize = 1_000

const perDaySql = `SELECT "day", "action", SUM("count") AS "count" FROM "DecisionCount" WHERE "day" >= $1
  GROUP BY "day", "action"`

const perActorSql = `SELECT "action", "actorKind", "actor", SUM("count") AS "count" FROM "DecisionCount"
  WHERE "day" >= $1 GROUP BY "action", "actorKind", "actor"`

const timesSql = `SELECT "requestId", "filedAtMs", "endedAtMs" FROM "Request" WHERE "status" = $1 AND "endedAtMs" >= $2
  ORDER BY "endedAtMs" DESC, "requestId" DESC LIMIT ${sampleSize + 1}`

/** The questions of this file, for the test of their plans. */
export const decisionQueries = { perDaySql, perActorSql, timesSql }

/** The first instant of a period that ends today: midnight, UTC. */
export function startOfPeriod(period: OverviewPeriod, nowMs: number): number {
  return (Math.floor(nowMs / dayMs) - period + 1) * dayMs
}

/** How many entries of each kind the audit log has per day (UTC), and of the whole period. */
export async function readDays(
  store: Store,
  period: OverviewPeriod,
  nowMs: number,
): Promise<Pick<Overview, "days" | "totals">> {
  const first = Math.floor(startOfPeriod(period, nowMs) / dayMs)
  const rows = await store.readRows(perDaySql, [first])
  const counts = new Map<string, number>()
  const totals = { approved: 0, rejected: 0, blocked: 0, silent: 0, expired: 0, undone: 0, reopened: 0 }
  for (const row of rows) {
    const outcome = outcomeIn(row.action)
    if (outcome === null) continue
    const count = Number(row.count)
    counts.set(`${row.day} ${outcome}`, count)
    totals[outcome] += count
  }
  const days = Array.from({ length: period }, (_, index): OverviewDay => {
    const of = (outcome: Outcome) => counts.get(`${first + index} ${outcome}`) ?? 0
    return {
      startMs: (first + index) * dayMs,
      ...{ approved: of("approved"), rejected: of("rejected"), blocked: of("blocked") },
      ...{ silent: of("silent"), expired: of("expired") },
    }
  })
  return { days, totals }
}

/** Who decided most in a period, and how much each rule granted silently. */
export async function readActors(
  store: Store,
  fromMs: number,
): Promise<Pick<Overview, "people" | "hasMorePeople" | "lanes">> {
  const rows = await store.readRows(perActorSql, [fromMs / dayMs])
  const people = new Map<string, { -readonly [kind in keyof PersonCounts]: number }>()
  const silent = new Map<string, number>()
  for (const row of rows) {
    const outcome = outcomeIn(row.action)
    const actor = text(row.actor)
    if (outcome === "silent") silent.set(actor, Number(row.count))
    const kind = [...decisions, ...corrections].find((each) => each === outcome)
    if (kind === undefined) continue
    if (row.actorKind !== "admin" && row.actorKind !== "wire") continue
    const own = people.get(actor) ?? { approved: 0, rejected: 0, blocked: 0, undone: 0, reopened: 0 }
    own[kind] += Number(row.count)
    people.set(actor, own)
  }
  const decided = (counts: PersonCounts) => counts.approved + counts.rejected + counts.blocked
  const most = [...people]
    .map(([id, counts]) => ({ id, ...counts }))
    .sort((one, other) => decided(other) - decided(one) || (one.id < other.id ? -1 : 1))
  const shown = most.slice(0, mostPeople)
  const names = await namesOf(store, shown)
  return {
    people: shown.map(({ id, ...counts }) => ({
      ...counts,
      id: id === "" ? null : id,
      name: id === "" ? "Sessions on the wire" : (names.get(id) ?? "Somebody without an account"),
    })),
    hasMorePeople: most.length > mostPeople,
    lanes: auditRules.map((lane) => ({ lane, count: silent.get(lane) ?? 0 })),
  }
}

async function namesOf(store: Store, people: readonly { id: string }[]): Promise<ReadonlyMap<string, string>> {
  const admins = await store.db.admin.findMany({
    where: { adminId: { in: people.map(({ id }) => id) } },
    select: { adminId: true, name: true },
  })
  return new Map(admins.map(({ adminId, name }) => [adminId, name]))
}

/** How long people took to decide, from the filing on, over the latest decisions of a period. */
export async function readTiming(store: Store, fromMs: number): Promise<Overview["timing"]> {
  const read = await Promise.all(["approved", "rejected"].map((status) => store.readRows(timesSql, [status, fromMs])))
  const decided = read
    .flat()
    .map((row) => ({
      requestId: text(row.requestId),
      endedAtMs: number(row.endedAtMs),
      tookMs: number(row.endedAtMs) - number(row.filedAtMs),
    }))
    .sort((one, other) => other.endedAtMs - one.endedAtMs)
  const byTime = decided.slice(0, sampleSize).sort((one, other) => one.tookMs - other.tookMs)
  const [median, ninety] = [nearestRank(byTime, 0.5), nearestRank(byTime, 0.9)]
  if (median === null || ninety === null) return null
  return { sample: byTime.length, isCut: decided.length > sampleSize, median, ninety }
}

/** The first of sorted values that a share of them does not exceed: always one that occurred. */
function nearestRank(sorted: readonly DecisionTime[], share: number): DecisionTime | null {
  const found = sorted[Math.ceil(sorted.length * share) - 1]
  return found === undefined ? null : { tookMs: found.tookMs, requestId: found.requestId }
}

function outcomeIn(action: unknown): Outcome | Correction | null {
  return [...outcomes, ...corrections].find((outcome) => outcomeActions[outcome] === action) ?? null
}
