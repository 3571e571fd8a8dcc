import { join } from "node:path"
import Sqlite from "better-sqlite3"
import type { AuditAction } from "@/lib/store/audit-actions"
import { type ChainedEntry, chainHash, firstHash, headText } from "@/lib/store/audit-chain"
import { createKeys } from "@/lib/store/keys"
import { benchServerKey } from "./fleet"

const actions: readonly AuditAction[] = ["request.filed", "request.approved", "token.issued", "token.rotated"]
const apartMs = 20_000

/** The id that the store would have made at that instant, but for its random end. */
function idAt(atMs: number, index: number): string {
  return `${atMs.toString(36).padStart(9, "0")}0000${index.toString(16).padStart(16, "0")}`
}

function entryOf(index: number, atMs: number, deviceIds: readonly string[]): ChainedEntry {
  const action = actions[index % actions.length] ?? "request.filed"
  const isPerson = action === "request.approved" || action === "token.rotated"
  return {
    ...{ id: idAt(atMs, index), atMs, action, subject: null, before: null, note: null },
    deviceId: deviceIds[(index * 7919) % deviceIds.length] ?? null,
    actorKind: isPerson ? "admin" : "system",
    actorId: isPerson ? `bench-admin-${index % 5}` : null,
    actorName: isPerson ? `Bench admin ${index % 5}` : "bench",
    after: action === "token.issued" ? JSON.stringify({ scopes: ["operator.read", "operator.write"] }) : null,
  }
}

/**
 * Writes sealed audit entries about the devices of a stopped server into its SQLite file, and signs the new end of
 * the chain: the rows that recording and sealing them one by one would leave behind.
 */
export function seedAudit(dataDir: string, count: number): void {
  const file = new Sqlite(join(dataDir, "gatehouse.db"))
  file.pragma("synchronous = OFF")
  file.pragma("cache_size = -400000")
  const keys = createKeys([benchServerKey])
  const deviceIds = file.prepare<[], string>(`SELECT "deviceId" FROM "Device"`).pluck().all()
  const head = file.prepare<[], { seq: number; hash: string }>(`SELECT "seq", "hash" FROM "AuditHead"`).get()
  const insert = file.prepare(
    `INSERT INTO "AuditEntry" ("id", "seq", "atMs", "action", "actorKind", "actorId", "actorName", "deviceId", "subject",
       "before", "after", "note", "prevHash", "hash")
     VALUES (@id, @seq, @atMs, @action, @actorKind, @actorId, @actorName, @deviceId, @subject, @before, @after, @note,
       @prevHash, @hash)`,
  )
  const nowMs = Date.now()
  let seq = head?.seq ?? 0
  let hash = head?.hash ?? firstHash
  file.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const entry = entryOf(index, nowMs - (count - index) * apartMs, deviceIds)
      const prevHash = hash
      seq += 1
      hash = chainHash(prevHash, seq, entry)
      insert.run({ ...entry, seq, prevHash, hash })
    }
    // All approvals of the entries above are by a person.
    file.exec(`DELETE FROM "DecisionCount"`)
    file.exec(`INSERT INTO "DecisionCount" ("day", "action", "actorKind", "actor", "part", "count")
      SELECT CAST("atMs" / 86400000 AS INTEGER), "action", "actorKind", coalesce("actorId", ''), 0, count(*)
      FROM "AuditEntry" WHERE "action" = 'request.approved' GROUP BY 1, 2, 3, 4`)
    file
      .prepare(
        `INSERT INTO "AuditHead" ("id", "seq", "hash", "keyId", "signature", "atMs") VALUES (1, ?, ?, ?, ?, ?)
         ON CONFLICT ("id") DO UPDATE SET "seq" = excluded."seq", "hash" = excluded."hash",
           "keyId" = excluded."keyId", "signature" = excluded."signature", "atMs" = excluded."atMs"`,
      )
      .run(seq, hash, keys.keyId, keys.sign(headText({ seq, hash, atMs: nowMs })), nowMs)
  })()
  file.pragma("wal_checkpoint(TRUNCATE)")
  file.close()
}
