import type { Database } from "./client"
import { isSameSecret, type Keys } from "./keys"
import { StartError } from "./start-error"

const prefix = "server-key."

/**
 * Makes sure that this database belongs to one of the given server keys, and remembers the current one in it. Throws
 * a StartError when it was last used with a key that is not among them: every device would be locked out.
 */
export async function checkServerKey(
  { db }: Pick<Database, "db">,
  { keyId, checks }: Pick<Keys, "keyId" | "checks">,
  nowMs: number,
): Promise<void> {
  const known = await db.setting.findMany({
    where: { key: { startsWith: prefix } },
    orderBy: { updatedAtMs: "desc" },
    select: { key: true, value: true },
  })
  const [latest] = known
  const isKnown = (row: { key: string; value: string }) =>
    checks.some((check) => row.key === prefix + check.keyId && isSameSecret(row.value, check.checkValue))

  if (latest !== undefined && !isKnown(latest)) {
    throw new StartError(
      `The server key is not the one of this database (key ${latest.key.slice(prefix.length)}): restore the file server-key or GATEHOUSE_SERVER_KEY; without it no device could use its token.`,
    )
  }
  if (latest?.key === prefix + keyId) return
  const key = prefix + keyId
  const value = checks[0]?.checkValue ?? ""
  const row = { value, updatedAtMs: nowMs, updatedBy: "start" }
  await db.setting.upsert({ where: { key }, create: { key, ...row }, update: row })
}
