import "server-only"
import { oldestLiveTryMs } from "@/lib/pairing/requests"
import type { Policy } from "@/lib/pairing/types"
import type { Prisma } from "@/lib/store/generated/sqlite/client"
import { now } from "@/lib/store/instance"

/** Requests whose time is not over, among those that are not recorded as ended. */
export function isLive(policy: Pick<Policy, "pendingTtlMs">): Prisma.RequestWhereInput {
  // Said the other way round it would have SQLite go through all that wait by their tries, and sort them.
  return { NOT: { triedAtMs: { lt: oldestLiveTryMs(policy, now()) } } }
}
