import { consoleAuthority } from "@/lib/pairing/authority"
import type { Scopes } from "@/lib/pairing/types"
import type { Commander } from "@/lib/store/actor"
import { approveRequest } from "@/lib/store/approve-request"
import { readRecord } from "@/lib/store/load-record"
import { digestOf } from "@/lib/store/request-digest"
import type { Store } from "@/lib/store/store"

/** A person at the console, as the store's commands are told. */
export function consoleAdmin(admin: { id: string; name: string }): Commander {
  return { kind: "admin", id: admin.id, name: admin.name, authority: consoleAuthority }
}

/** Approves a waiting request as the console's button does: by the digest of what is on record then. */
export async function approveAsConsole(
  store: Store,
  decision: { requestId: string; grant?: Scopes | undefined; note?: string | undefined; actor: Commander },
  nowMs = Date.now(),
): Promise<void> {
  const { requestId } = decision
  const { deviceId } = await store.db.request.findUniqueOrThrow({ where: { requestId }, select: { deviceId: true } })
  const { pendingTtlMs } = (await store.policy()).policy
  const record = await readRecord(store, { deviceId, pendingTtlMs, nowMs })
  const request = record.requests.find((waiting) => waiting.requestId === requestId)
  if (request === undefined) throw new Error(`Request ${requestId} does not wait any more.`)
  const digest = digestOf(record, request)
  const approval = await approveRequest(store, { ...decision, from: "console", digest, nowMs })
  if (!approval.ok) throw new Error(`Request ${requestId} was not approved: ${approval.because}.`)
}
