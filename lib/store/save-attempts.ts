import type { Role } from "@/lib/pairing/types"
import { newId } from "./new-id"
import type { Tx } from "./transaction"

/** One connect attempt, or several identical ones. */
export type Attempt = {
  readonly deviceId: string
  readonly publicKey: string
  readonly role: Role
  readonly scopes: string
  readonly outcome: "allow" | "silent-approve" | "pending" | "reject"
  readonly reason: string
  readonly foldKey: string
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly count: number
  readonly address: string
  /** See connect-facts.ts. */
  readonly facts: string
  readonly requestId: string | null
}

/** Identical tries further apart than this are told apart. */
const foldGapMs = 86_400_000

/** Writes attempts: one that repeats a recent row of its device is counted there, any other gets a row of its own. */
export async function saveAttempts(tx: Tx, attempts: readonly Attempt[]): Promise<void> {
  for (const attempt of attempts) {
    const { deviceId, foldKey, lastAtMs, count, requestId } = attempt
    const recent = await tx.db.connectAttempt.findFirst({
      where: { deviceId, foldKey, lastAtMs: { gte: attempt.firstAtMs - foldGapMs } },
      orderBy: { lastAtMs: "desc" },
      select: { id: true },
    })
    if (recent === null) {
      await tx.db.connectAttempt.create({ data: { id: newId(), ...attempt }, select: { id: true } })
    } else {
      const data = { lastAtMs, requestId, count: { increment: count } }
      await tx.db.connectAttempt.update({ where: { id: recent.id }, data, select: { id: true } })
    }
  }
  for (const deviceId of new Set(attempts.map((attempt) => attempt.deviceId))) {
    tx.announce({ kind: "device", deviceId, what: "attempt" })
  }
}
