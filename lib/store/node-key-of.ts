import { createHash, generateKeyPairSync } from "node:crypto"
import { recordAudit } from "./audit"
import { frontDoor, markKeyRemoved } from "./node-keys"
import { toList } from "./rows"
import type { Store } from "./store"
import { inDeviceTransaction, type Tx } from "./transaction"

/** By what the gateway behind this one knows a node. */
export type NodeKey = {
  /** Hex SHA-256 of the raw public key: the id of the node there. */
  readonly upstreamId: string
  /** The raw public key as base64url. */
  readonly publicKey: string
  /** PKCS #8, PEM. */
  readonly privateKey: string
  /** When the gateway behind this one last approved it, as far as is known. */
  readonly approvedAtMs: number | null
}

/**
 * The key by which the gateway behind this one knows a node; made once, and the same one however many ask together.
 * Null for a device that is not paired as a node, so that nothing is made for one that was removed meanwhile.
 */
export async function nodeKeyOf(
  store: Store,
  { deviceId, nowMs }: { readonly deviceId: string; readonly nowMs: number },
): Promise<NodeKey | null> {
  const known = await findKey(store, store.db, deviceId)
  if (known !== null) return known
  return inDeviceTransaction(store, deviceId, async (tx) => {
    const device = await tx.db.device.findUnique({ where: { deviceId }, select: { roles: true } })
    if (device === null || !toList(device.roles).includes("node")) return null
    const meanwhile = await findKey(store, tx.db, deviceId)
    if (meanwhile !== null) return meanwhile
    // One that is there all the same was encrypted under a server key that is not known any more.
    await markKeyRemoved(tx, deviceId, nowMs)
    return makeKey(store, tx, deviceId, nowMs)
  })
}

async function findKey({ keys }: Pick<Store, "keys">, db: Tx["db"], deviceId: string): Promise<NodeKey | null> {
  const row = await db.nodeKey.findFirst({ where: { deviceId, removedAtMs: null } })
  if (row === null) return null
  const { upstreamId, publicKey, sealedKey, approvedAtMs } = row
  const privateKey = keys.open(sealFor(upstreamId), sealedKey)
  return privateKey === null ? null : { upstreamId, publicKey, privateKey, approvedAtMs }
}

async function makeKey({ keys }: Pick<Store, "keys">, tx: Tx, deviceId: string, nowMs: number): Promise<NodeKey> {
  const pair = generateKeyPairSync("ed25519")
  const raw = Buffer.from(pair.publicKey.export({ format: "jwk" }).x ?? "", "base64url")
  const upstreamId = createHash("sha256").update(raw).digest("hex")
  const publicKey = raw.toString("base64url")
  const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  const sealedKey = keys.seal(sealFor(upstreamId), privateKey)
  const data = { upstreamId, deviceId, publicKey, sealedKey, createdAtMs: nowMs }
  await tx.db.nodeKey.create({ data, select: { upstreamId: true } })
  await recordAudit(tx, { action: "node.key-made", actor: frontDoor, atMs: nowMs, deviceId, subject: upstreamId })
  return { upstreamId, publicKey, privateKey, approvedAtMs: null }
}

// Of its own for every key, so that one row's key does not open in another row.
function sealFor(upstreamId: string): string {
  return `node-key.${upstreamId}`
}
