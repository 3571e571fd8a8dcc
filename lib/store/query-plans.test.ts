import { beforeAll, describe, expect, it } from "vitest"
import { connectDevice } from "./connect-device"
import { recordSql } from "./load-record"
import { beginning, devicesSql, pendingSql } from "./pairing-pages"
import { ofGroupSql, totalSql } from "./pending-caps"
import { endingQueries } from "./record-ended-grants"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { knock } from "./testing-connect"

type Case = readonly [name: string, sql: string, parameters: readonly (string | number)[]]

const page = "LIMIT 51"

/** The look-up of every handshake, those of the recurring work, and the default lists of the pages. */
const cases: readonly Case[] = [
  ["the handshake's look-up", recordSql, ["dev-1", "dev-1", "dev-1", 0, "dev-1", 0, "dev-1"]],
  ["live requests of an address", ofGroupSql, [0, "10.0.0.1", 32]],
  ["live requests of everybody", totalSql, [2_000_000]],
  ["the list of devices on the wire", devicesSql, [...beginning, 250]],
  ["the list of requests on the wire", pendingSql, [...beginning, 0, 250]],
  [
    "expired requests",
    `SELECT "deviceId" FROM "Request" WHERE "status" = 'pending' AND "triedAtMs" < $1 ORDER BY "triedAtMs" LIMIT 100`,
    [500_000],
  ],
  [
    "the inbox",
    `SELECT * FROM "Request" WHERE "status" = 'pending' AND NOT "triedAtMs" < $1
     ORDER BY "filedAtMs", "requestId" ${page}`,
    [2_000_000],
  ],
  [
    "the inbox of one reason",
    `SELECT * FROM "Request" WHERE "status" = 'pending' AND "reason" = $1 AND NOT "triedAtMs" < $2
     ORDER BY "filedAtMs", "requestId" ${page}`,
    ["scope-upgrade", 2_000_000],
  ],
  [
    "how many wait for one reason",
    `SELECT "requestId" FROM "Request" WHERE "status" = 'pending' AND "reason" = $1 AND NOT "triedAtMs" < $2 LIMIT 1001`,
    ["scope-upgrade", 2_000_000],
  ],
  [
    "some of the inbox",
    `SELECT * FROM "Request" WHERE "status" = 'pending' AND "triedAtMs" >= $1 AND "requestId" IN ($2, $3) ${page}`,
    [0, "r1", "r2"],
  ],
  [
    "ended requests",
    `SELECT * FROM "Request" WHERE "endedAtMs" < $1 ORDER BY "endedAtMs" DESC, "requestId" DESC ${page}`,
    [900_000],
  ],
  ["old counts of connects", `DELETE FROM "ConnectCount" WHERE "day" < $1`, [100]],
  [
    "what was granted for a time and is over",
    `SELECT "deviceId" FROM "Device" WHERE "nextEndMs" < $1 ORDER BY "nextEndMs", "deviceId" LIMIT 100`,
    [500],
  ],
  ["the first that begins to end soon", endingQueries.firstSql, [500]],
  ["what begins to end soon", endingQueries.markSql, [500]],
  [
    "devices with something that ends soon",
    `SELECT "deviceId" FROM "Device" WHERE "endsSoon" = true ORDER BY "sortName", "deviceId" ${page}`,
    [],
  ],
  [
    "removals of devices that are imported",
    `SELECT "deviceId" FROM "AuditEntry" WHERE "deviceId" IN ($1, $2) AND "action" = 'device.removed'`,
    ["dev-1", "dev-2"],
  ],
  [
    "devices that are exported",
    `SELECT "deviceId" FROM "Device" WHERE "deviceId" > $1 ORDER BY "deviceId" LIMIT 200`,
    ["dev-1"],
  ],
  ["blocked keys", `SELECT * FROM "Block" WHERE "publicKey" > $1 ORDER BY "publicKey" LIMIT 500`, ["blocked-4"]],
  ["devices of some keys", `SELECT "publicKey" FROM "Device" WHERE "publicKey" IN ($1, $2)`, ["key-1", "key-2"]],
  [
    "what came of ended requests",
    `SELECT * FROM "AuditEntry" WHERE ("deviceId" = $1 AND "atMs" = $2 AND "action" IN ('device.blocked', 'device.removed'))
     OR ("deviceId" = $3 AND "atMs" >= $4 AND "atMs" <= $5 AND "action" IN ('token.revoked', 'device.ceiling-lowered'))`,
    ["filler-1", 1, "filler-2", 2, 900_002],
  ],
  ["devices by name", `SELECT * FROM "Device" ORDER BY "sortName", "deviceId" ${page}`, []],
  [
    "the keys of a machine",
    `SELECT * FROM "Device" WHERE "machineKey" = $1 ORDER BY "pairedAtMs" DESC, "deviceId" DESC LIMIT 21`,
    ["machine 7"],
  ],
  [
    "keys that are older than another of their machine",
    `SELECT d."deviceId" FROM "Device" d WHERE d."deviceId" IN ($1, $2) AND EXISTS (SELECT 1 FROM "Device" n
     WHERE n."machineKey" = d."machineKey" AND (n."pairedAtMs", n."deviceId") > (d."pairedAtMs", d."deviceId"))`,
    ["filler-7", "filler-8"],
  ],
  [
    "machines with several keys",
    `SELECT * FROM "Machine" WHERE "pairings" > 1 ORDER BY "pairings", "machineKey" ${page}`,
    [],
  ],
  [
    "devices of a platform",
    `SELECT "deviceId" FROM "Device" WHERE "platformKind" = $1 ORDER BY "sortName", "deviceId" ${page}`,
    ["linux"],
  ],
  ["devices of a tag", `SELECT * FROM "DeviceTag" WHERE "tag" = $1 ORDER BY "deviceId" ${page}`, ["tag 7"]],
  [
    "the number beside a scope",
    `SELECT COUNT(*) FROM (SELECT d."deviceId" FROM "DeviceScope" f JOIN "Device" d ON d."deviceId" = f."deviceId"
     WHERE f."kind" = 'approved' AND f."scope" = $1 LIMIT 1001) s`,
    ["operator.admin"],
  ],
  [
    "the number beside days unseen",
    `SELECT COUNT(*) FROM (SELECT d."deviceId" FROM "Device" d WHERE d."lastSeenAtMs" < $1 LIMIT 1001) s`,
    [10],
  ],
  [
    "the next scope",
    `SELECT "scope" FROM "DeviceScope" WHERE "kind" = $1 AND "scope" > $2 ORDER BY "scope", "deviceId" LIMIT 1`,
    ["approved", "operator.read"],
  ],
  ["the next tag", `SELECT "tag" FROM "DeviceTag" WHERE "tag" > $1 ORDER BY "tag", "deviceId" LIMIT 1`, ["tag 7"]],
  ["devices by last seen", `SELECT * FROM "Device" ORDER BY "lastSeenAtMs" DESC, "deviceId" DESC ${page}`, []],
  ["the audit log", `SELECT * FROM "AuditEntry" ORDER BY "atMs" DESC, "id" DESC ${page}`, []],
  [
    "the audit log of a device",
    `SELECT * FROM "AuditEntry" WHERE "deviceId" = $1 ORDER BY "atMs" DESC, "id" DESC ${page}`,
    ["dev-1"],
  ],
  [
    "the next page of the audit log",
    `SELECT * FROM "AuditEntry" WHERE "atMs" <= $1 AND ("atMs" < $2 OR "id" < $3) ORDER BY "atMs" DESC, "id" DESC ${page}`,
    [2_500, 2_500, "e2500"],
  ],
  [
    "the audit log of an action",
    `SELECT * FROM "AuditEntry" WHERE "action" = $1 AND "atMs" <= $2 ORDER BY "atMs" DESC, "id" DESC ${page}`,
    ["policy.changed", 2_500],
  ],
  [
    "the audit log of an admin",
    `SELECT * FROM "AuditEntry" WHERE "actorId" = $1 AND "actorKind" NOT IN ('wire', 'device') ORDER BY "atMs" DESC, "id" DESC ${page}`,
    ["admin-1"],
  ],
  [
    "the audit log of one action of an admin",
    `SELECT * FROM "AuditEntry" WHERE "actorId" = $1 AND "actorKind" NOT IN ('wire', 'device') AND "action" = $2
     ORDER BY "atMs" DESC, "id" DESC ${page}`,
    ["admin-1", "policy.changed"],
  ],
  [
    "the audit log of the rules",
    `SELECT * FROM "AuditEntry" WHERE "actorKind" = 'rule' ORDER BY "atMs" DESC, "id" DESC ${page}`,
    [],
  ],
  [
    "devices once known by a word",
    `SELECT "deviceId" FROM "KnownName" WHERE "term" >= $1 AND "term" < $2 ORDER BY "term", "deviceId" LIMIT 2001`,
    ["word 25", "word 26"],
  ],
  [
    "another device that can pair",
    `SELECT "deviceId" FROM "DeviceScope" WHERE "kind" = 'current' AND "scope" = $1 AND "deviceId" <> $2 LIMIT 1`,
    ["operator.pairing", "dev-1"],
  ],
  ["unsealed entries", `SELECT "id" FROM "AuditEntry" WHERE "seq" IS NULL LIMIT 1`, []],
  ["entries outside the chain", `SELECT "id" FROM "AuditEntry" WHERE "seq" > $1 OR "seq" < 1 LIMIT 1`, [5_000]],
  [
    "the history of a device",
    `SELECT * FROM "ScopeChange" WHERE "deviceId" = $1 ORDER BY "atMs", "id" ${page}`,
    ["dev-1"],
  ],
  [
    "the attempts of a device",
    `SELECT * FROM "ConnectAttempt" WHERE "deviceId" = $1 ORDER BY "lastAtMs" DESC ${page}`,
    ["dev-1"],
  ],
]

describe.each(dialects)("on %s an index serves", (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
    await connectDevice(store, knock({ from: "loopback" }))
    await fill(store)
    await store.db.$executeRawUnsafe("ANALYZE")
  })

  it.each(cases)("%s", async (_name, sql, parameters) => {
    const explain = dialect === "sqlite" ? "EXPLAIN QUERY PLAN" : "EXPLAIN"
    const rows = await store.readRows(`${explain} ${sql}`, parameters)
    const plan = rows.map((row) => String(row.detail ?? row["QUERY PLAN"]))
    expect(plan.length).toBeGreaterThan(0)
    // SQLite says SCAN for a walk along an index as well. PostgreSQL may sort the few rows that an index found.
    const isBad = (line: string) =>
      dialect === "sqlite"
        ? (/^SCAN (?!s$)/.test(line) && !/USING (COVERING )?INDEX/.test(line)) || /TEMP B-TREE/.test(line)
        : /Seq Scan/.test(line)
    expect(plan.filter(isBad), plan.join("\n")).toEqual([])
  })
})

it("goes by the device or the address on SQLite, however many requests wait", async () => {
  const store = await openTestStore("sqlite")
  const planOf = async (sql: string, parameters: readonly (string | number)[]) =>
    (await store.readRows(`EXPLAIN QUERY PLAN ${sql}`, parameters)).map(({ detail }) => String(detail)).join("\n")
  const handshake = await planOf(recordSql, ["dev-1", "dev-1", "dev-1", 0, "dev-1", 0, "dev-1"])
  expect(handshake).toContain("Request_deviceId_status_idx")
  expect(handshake).not.toContain("Request_status_triedAtMs_idx")
  expect(await planOf(ofGroupSql, [0, "10.0.0.1", 32])).toContain("Request_status_addressGroup_idx")
})

const inserts = [
  `"Device" ("deviceId", "publicKey", "sortName", "roles", "approvedVia", "pairedAtMs", "approvedAtMs", "revision", "lastSeenAtMs", "machineKey")
   SELECT 'filler-' || i, 'key-' || i, 'filler ' || i, 'operator', 'person', i, i, 1, i, 'machine ' || (i / 3) FROM n`,
  `"Machine" ("machineKey", "pairings") SELECT 'machine ' || i, CASE WHEN i % 500 = 0 THEN 2 ELSE 1 END FROM n`,
  `"DeviceTag" ("deviceId", "tag") SELECT 'filler-' || i, 'tag ' || (i % 50) FROM n`,
  `"Token" ("tokenId", "deviceId", "role", "scopes", "createdAtMs", "issuedAtMs")
   SELECT 'token-' || i, 'filler-' || i, 'operator', 'operator.read', i, i FROM n`,
  `"Request" ("requestId", "deviceId", "publicKey", "role", "scopes", "reason", "circumstances", "tries", "address", "addressGroup", "filedAtMs", "triedAtMs", "status", "endedAtMs")
   SELECT 'request-' || i, 'filler-' || i, 'key-' || i, 'operator', 'operator.read', 'not-paired', '{}', 1, '10.0.0.' || (i % 250), '10.0.0.' || (i % 250), i * 1000, i * 1000,
   CASE WHEN i % 10 = 0 THEN 'pending' ELSE 'approved' END, CASE WHEN i % 10 = 0 THEN NULL ELSE i * 1000 END FROM n`,
  `"DeviceScope" ("deviceId", "kind", "scope") SELECT 'filler-' || i, 'current', 'operator.read' FROM n`,
  `"KnownName" ("term", "deviceId") SELECT 'word ' || i, 'filler-' || i FROM n`,
  `"AuditEntry" ("id", "atMs", "action", "actorKind", "actorName", "deviceId", "seq")
   SELECT 'e' || i, i, 'settings.changed', 'system', 'test', 'filler-' || i, i FROM n`,
  `"ScopeChange" ("id", "deviceId", "role", "scope", "change", "atMs", "actorKind", "actorName")
   SELECT 'c' || i, 'filler-' || i, 'operator', 'operator.read', 'asked', i, 'device', 'test' FROM n`,
  `"ConnectAttempt" ("id", "deviceId", "publicKey", "role", "scopes", "outcome", "reason", "foldKey", "firstAtMs", "lastAtMs", "count", "address", "facts")
   SELECT 'a' || i, 'filler-' || i, 'key-' || i, 'operator', '', 'pending', 'not-paired', 'f', i, i, 1, '10.0.0.1', '{}' FROM n`,
  `"ConnectCount" ("deviceId", "day", "count") SELECT 'filler-' || i, i, 1 FROM n`,
  `"Block" ("publicKey", "deviceId", "atMs", "byName") SELECT 'blocked-' || i, 'blocked-' || i, i, 'test' FROM n`,
]

/** Enough rows that no planner finds reading all of them cheaper: mostly ended, as in a store that has been used. */
async function fill(store: Store): Promise<void> {
  const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
  for (const insert of inserts) {
    const [table, select] = insert.split(/\n(?= *SELECT)|(?<=\)) (?=SELECT)/)
    await store.db.$executeRawUnsafe(`INSERT INTO ${table} ${numbers} ${select}`)
  }
}
