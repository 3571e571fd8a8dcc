import { type Exported, exportDevice } from "@/lib/pairing/exported"
import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import { readRecord } from "./load-record"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

/** A device as another gateway may be told of it, or why not, with what people and traffic left on it here. */
export type OutgoingDevice = {
  readonly deviceId: string
  readonly label: string | null
  readonly displayName: string | null
  readonly lastAddress: string | null
  readonly lastSeenAtMs: number | null
  readonly exported: ReturnType<typeof exportDevice>
}

const pageRows = 200

/** Every paired device in the order of its id, read page by page. Writes nothing, and hands out no secret. */
export async function* outgoingDevices(store: Store, nowMs: number): AsyncGenerator<OutgoingDevice> {
  const { pendingTtlMs } = (await store.policy()).policy
  for (let after = ""; ; ) {
    const rows = await store.db.device.findMany({
      where: { deviceId: { gt: after } },
      orderBy: { deviceId: "asc" },
      take: pageRows,
      select: { deviceId: true, label: true, displayName: true, lastAddress: true, lastSeenAtMs: true },
    })
    for (const row of rows) {
      after = row.deviceId
      const record = await readRecord(store, { deviceId: row.deviceId, pendingTtlMs, nowMs })
      yield { ...row, exported: exportDevice(record, nowMs) }
    }
    if (rows.length < pageRows) return
  }
}

/** The secret of a token that is told to another gateway. Whoever asks records the export before anybody sees it. */
export function exportedSecret(
  { keys }: Pick<Store, "keys">,
  { device }: Exported,
  token: { readonly tokenId: string; readonly role: Exported["tokens"][number]["role"] },
): string {
  return keys.deriveToken(token.tokenId, device.deviceId, token.role)
}

/** Records that devices are about to leave with their tokens in clear. */
export async function recordExport(
  store: Store,
  { devices, tokens, actor, nowMs }: { devices: number; tokens: number; actor: Actor; nowMs: number },
): Promise<void> {
  await inTransaction(store, (tx) =>
    recordAudit(tx, { action: "devices.exported", actor, atMs: nowMs, after: { devices, tokens } }),
  )
}
