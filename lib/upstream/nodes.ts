import { setTimeout as pause } from "node:timers/promises"
import { z } from "zod"
import { dropNodeKey } from "@/lib/store/drop-node-key"
import type { NodeKey } from "@/lib/store/node-key-of"
import { nodeIds, nodeKeysToRemove } from "@/lib/store/node-keys"
import { noteNodeApproved } from "@/lib/store/note-node-approved"
import type { Store } from "@/lib/store/store"
import type { Door } from "./door"

/** Has the gateway behind pair a key of ours, as its owner would. Says whether it did. */
export async function approveNode(
  { link }: Pick<Door, "link">,
  { store, key, requestId, commands }: { store: Store; key: NodeKey; requestId: string; commands: readonly string[] },
): Promise<boolean> {
  const answer = await link.request("device.pair.approve", { requestId })
  if (answer?.ok !== true) return false
  const noted = await noteNodeApproved(store, { upstreamId: key.upstreamId, commands, nowMs: store.now() })
  return noted.ok
}

const pendingSurfaces = z.looseObject({
  pending: z.array(
    z.looseObject({ requestId: z.string(), nodeId: z.string(), commands: z.array(z.string()).optional() }),
  ),
})

// A node that has just connected asks for its surface a moment later.
const looks = 10
const betweenLooksMs = 300

/**
 * Has the gateway behind approve what a node offers there, so that one decision here covers both. Never approves a
 * surface that holds more than `commands`.
 */
export async function approveSurface(
  { link, ids }: Pick<Door, "link" | "ids">,
  { deviceId, commands }: { deviceId: string; commands: readonly string[] },
): Promise<void> {
  const upstreamId = ids.upstreamOf(deviceId)
  for (let look = 0; look < looks; look += 1) {
    const answer = await link.request("node.pair.list", {})
    const listed = pendingSurfaces.safeParse(answer?.payload)
    if (!listed.success) return
    const asked = listed.data.pending.find(({ nodeId }) => nodeId === upstreamId)
    if (asked !== undefined) {
      const isWithin = (asked.commands ?? []).every((command) => commands.includes(command))
      if (isWithin) await link.request("node.pair.approve", { requestId: asked.requestId })
      return
    }
    await pause(betweenLooksMs, undefined, { ref: false })
  }
}

/** Removes from the gateway behind what was removed here, and forgets its key once that is done. */
export async function removeNodes({ link, ids }: Pick<Door, "link" | "ids">, store: Store): Promise<void> {
  for (const { deviceId, upstreamId } of await nodeKeysToRemove(store)) {
    ids.drop({ deviceId, upstreamId })
    const answer = await link.request("device.pair.remove", { deviceId: upstreamId })
    if (answer === null) return
    const isGone = answer.ok || /unknown deviceId/i.test(answer.error?.message ?? "")
    if (isGone) await dropNodeKey(store, { upstreamId, nowMs: store.now() })
  }
}

/** Learns the ids of nodes that other processes made keys for. */
export async function learnIds({ ids }: Pick<Door, "ids">, store: Store): Promise<void> {
  for (const id of await nodeIds(store)) ids.add(id)
}
