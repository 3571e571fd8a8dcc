import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

/** The shared token, for an owner who has just shown that they know their password. That it was looked at is kept. */
export async function showSharedSecret(
  store: Store,
  { actor, nowMs }: { actor: Actor; nowMs: number },
): Promise<{ ok: true; secret: string }> {
  await inTransaction(store, async (tx) => {
    await recordAudit(tx, { action: "shared-secret.shown", actor, atMs: nowMs })
    // When it was last looked at is on the page of the other owners.
    tx.announce({ kind: "settings" })
  })
  return { ok: true, secret: store.sharedSecret.current() }
}

/**
 * Replaces the shared token for connects from now on; devices that hold a token of their own do not notice. Refuses
 * with `set-by-environment` where it can only be changed there.
 */
export async function rotateSharedSecret(
  store: Store,
  { actor, nowMs }: { actor: Actor; nowMs: number },
): Promise<{ ok: true; secret: string } | { ok: false; because: "set-by-environment" }> {
  const staged = store.sharedSecret.stage()
  if (staged === null) return { ok: false, because: "set-by-environment" }
  try {
    await inTransaction(store, (tx) => recordAudit(tx, { action: "shared-secret.rotated", actor, atMs: nowMs }))
  } catch (failure) {
    staged.discard()
    throw failure
  }
  staged.putInForce()
  // Not before: whoever hears of it closes the sockets that another secret than the current one opened.
  store.hub.publish([{ kind: "settings" }])
  return { ok: true, secret: staged.secret }
}
