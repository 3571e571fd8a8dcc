import type { Actor } from "./actor"
import type { Store } from "./store"
import type { Tx } from "./transaction"

/** Who does what follows from a decision at the gateway behind this one. */
export const frontDoor: Actor = { kind: "system", name: "front door" }

/** A node here, and the id by which the gateway behind this one knows it. */
export type NodeIds = { readonly deviceId: string; readonly upstreamId: string }

/** Every node that has a key for the gateway behind this one. */
export async function nodeIds(store: Pick<Store, "db">): Promise<readonly NodeIds[]> {
  return store.db.nodeKey.findMany({ where: { removedAtMs: null }, select: { deviceId: true, upstreamId: true } })
}

/** The keys of removed nodes that the gateway behind this one may still know, oldest removal first. */
export async function nodeKeysToRemove(store: Pick<Store, "db">): Promise<readonly NodeIds[]> {
  return store.db.nodeKey.findMany({
    where: { removedAtMs: { not: null } },
    orderBy: { removedAtMs: "asc" },
    select: { deviceId: true, upstreamId: true },
  })
}

/** Ends the key of a node, if it has one: its private part is gone, and it waits to be removed behind this gateway. */
export async function markKeyRemoved({ db }: Pick<Tx, "db">, deviceId: string, removedAtMs: number): Promise<void> {
  await db.nodeKey.updateMany({ where: { deviceId, removedAtMs: null }, data: { removedAtMs, sealedKey: "" } })
}
