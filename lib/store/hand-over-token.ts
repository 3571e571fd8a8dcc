import { isRevoked } from "@/lib/pairing/device"
import { withoutEnded } from "@/lib/pairing/ends"
import type { Refused, Role, Scopes } from "@/lib/pairing/types"
import { loadRecord } from "./load-record"
import type { Store } from "./store"
import { inDeviceTransaction } from "./transaction"

export type HandedOver = { readonly ok: true; readonly secret: string; readonly scopes: Scopes }

/**
 * Hands the live token of a role to its device outside of a connect, and remembers that it went out, so that it
 * stays good if another one replaces it before its first use. The caller has proven to hold `publicKey`.
 */
export async function handOverToken(
  store: Store,
  to: { readonly deviceId: string; readonly publicKey: string; readonly role: Role; readonly nowMs: number },
): Promise<HandedOver | Refused> {
  const { deviceId, publicKey, role, nowMs } = to
  return inDeviceTransaction(store, deviceId, async (tx) => {
    const { device, blockedKeys } = withoutEnded(await loadRecord(tx, deviceId, nowMs), nowMs)
    const token = device?.tokens[role]
    const isOwn = device?.publicKey === publicKey && !blockedKeys.includes(publicKey)
    if (token === undefined || !isOwn || isRevoked(token)) return { ok: false, because: "unknown-device-or-role" }
    await tx.db.token.updateMany({
      where: { tokenId: token.tokenId, deliveredAtMs: null },
      data: { deliveredAtMs: nowMs },
    })
    return { ok: true, secret: store.keys.deriveToken(token.tokenId, deviceId, role), scopes: token.scopes }
  })
}
