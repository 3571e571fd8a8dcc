import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import type { Store } from "./store"
import { inTransaction, lock } from "./transaction"
import { isGatewayAddress, type SecretKind, upstreamSecretUse } from "./upstream"

export type SaveUpstreamResult =
  | { readonly ok: true }
  /** The address is no ws:// or wss:// URL, or has a name, a password or a fragment in it; or the secret is empty. */
  | { readonly ok: false; readonly because: "not-an-address" | "no-secret" }

/**
 * Sets the gateway behind this one and its secret, which is kept encrypted under the server key and given to no page.
 * The secret is asked for with every change, so that an address of somebody else's never gets the one that is kept.
 */
export async function saveUpstream(
  store: Store,
  input: {
    readonly url: string
    readonly secretKind: SecretKind
    readonly secret: string
    readonly actor: Actor
    readonly nowMs: number
  },
): Promise<SaveUpstreamResult> {
  const { secretKind, secret, actor, nowMs } = input
  const url = input.url.trim()
  if (!isGatewayAddress(url)) return { ok: false, because: "not-an-address" }
  if (secret.trim() === "") return { ok: false, because: "no-secret" }

  const secretSealed = store.keys.seal(upstreamSecretUse, secret)
  return inTransaction(store, async (tx): Promise<SaveUpstreamResult> => {
    await lock(tx, "upstream")
    const before = await tx.db.upstream.findUnique({ where: { id: 1 }, select: { url: true, secretKind: true } })
    const row = { url, secretKind, secretSealed, updatedAtMs: nowMs, updatedBy: actor.name }
    await tx.db.upstream.upsert({ where: { id: 1 }, create: { id: 1, ...row }, update: row, select: { id: true } })
    // Another gateway knows none of the nodes yet.
    if (before?.url !== url) await tx.db.nodeKey.updateMany({ data: { approvedAtMs: null } })
    await recordAudit(tx, { action: "upstream.changed", actor, atMs: nowMs, before, after: { url, secretKind } })
    tx.announce({ kind: "upstream" })
    return { ok: true }
  })
}
