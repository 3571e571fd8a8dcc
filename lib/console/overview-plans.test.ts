import { beforeAll, describe, expect, it } from "vitest"
import type { Store } from "@/lib/store/store"
import { dialects, openTestStore } from "@/lib/store/testing"
import { decisionQueries } from "./overview-decisions"
import { deviceQueries } from "./overview-devices"

const { perDaySql, perActorSql, timesSql } = decisionQueries
const { pendingSql, goneSql, neverSql, rotationsSql, narrowedSql } = deviceQueries

const cases: readonly (readonly [name: string, sql: string, parameters: readonly (string | number)[]])[] = [
  ["decisions per day", perDaySql, [4_970]],
  ["decisions per person and rule", perActorSql, [4_970]],
  ["how long decisions took", timesSql, ["approved", 4_900_000]],
  ["what waits, by reason", pendingSql, [4_900_000]],
  ["devices unseen since", goneSql, [100]],
  ["devices never seen", neverSql, []],
  ["rotations that wait", rotationsSql, []],
  ["narrowed devices", narrowedSql, []],
  [
    "the silent grants of a rule",
    `SELECT * FROM "AuditEntry" WHERE "actorKind" = 'rule' AND "actorName" = $1 AND "atMs" >= $2 ORDER BY "atMs" DESC, "id" DESC LIMIT 51`,
    ["node-cidr", 10],
  ],
]

describe.each(dialects)("on %s an index serves, of the overview,", (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
    for (const rows of inserts(dialect)) {
      const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
      await store.db.$executeRawUnsafe(`INSERT INTO ${rows.replace("SELECT", `${numbers} SELECT`)}`)
    }
    // SQLite knows nothing of its rows in production either.
    if (dialect === "postgresql") await store.db.$executeRawUnsafe("ANALYZE")
  })

  it.each(cases)("%s", async (_name, sql, parameters) => {
    const explain = dialect === "sqlite" ? "EXPLAIN QUERY PLAN" : "EXPLAIN"
    const rows = await store.readRows(`${explain} ${sql}`, parameters)
    const plan = rows.map((row) => String(row.detail ?? row["QUERY PLAN"]))
    // Sums over the rows that an index found may be collected in a table of their own.
    expect(
      plan.filter((line) => /^SCAN|Seq Scan|ORDER BY/.test(line)),
      plan.join("\n"),
    ).toEqual([])
    expect(
      plan.some((line) => /USING .*INDEX|Index/.test(line)),
      plan.join("\n"),
    ).toBe(true)
  })
})

/** Mostly what the questions are not about, as in a store that has been used. */
function inserts(dialect: Store["dialect"]): readonly string[] {
  const isFew = dialect === "sqlite" ? "i % 100 = 0" : "(i % 100 = 0)"
  return [
    `"Device" ("deviceId", "publicKey", "sortName", "roles", "approvedVia", "pairedAtMs", "approvedAtMs", "revision",
      "lastSeenAtMs", "isNarrowed") SELECT 'd' || i, 'key-' || i, 'd ' || i, 'operator', 'person', i, i, 1,
      CASE WHEN i % 100 = 0 THEN NULL ELSE i END, ${isFew} FROM n`,
    `"Token" ("tokenId", "deviceId", "role", "scopes", "createdAtMs", "issuedAtMs", "issuedHow", "usedAtMs")
      SELECT 't' || i, 'd' || i, 'operator', '', i, i, CASE WHEN i % 3 = 0 THEN 'rotation' ELSE 'approval' END,
      CASE WHEN i % 100 = 0 THEN NULL ELSE i END FROM n`,
    `"Request" ("requestId", "deviceId", "publicKey", "role", "scopes", "reason", "circumstances", "tries", "address",
      "filedAtMs", "triedAtMs", "status", "endedAtMs") SELECT 'r' || i, 'd' || i, 'key-' || i, 'operator', '',
      'not-paired', '{}', 1, '10.0.0.' || (i % 250), i * 1000, i * 1000,
      CASE WHEN i % 10 = 0 THEN 'pending' WHEN i % 10 = 1 THEN 'approved' ELSE 'expired' END,
      CASE WHEN i % 10 = 0 THEN NULL ELSE i * 1000 END FROM n`,
    `"DecisionCount" ("day", "action", "actorKind", "actor", "part", "count")
      SELECT i, 'request.expired', 'system', '', 0, 1 FROM n`,
    `"AuditEntry" ("id", "atMs", "action", "actorKind", "actorName") SELECT 'e' || i, i, 'device.approved-silently', 'rule',
      CASE WHEN i % 500 = 0 THEN 'node-cidr' ELSE 'local' END FROM n`,
  ]
}
