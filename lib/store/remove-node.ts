import type { Commander } from "./actor"
import { removeDevice } from "./remove-device"
import { revokeToken } from "./revoke-token"
import { toList } from "./rows"
import type { Store } from "./store"

/**
 * Takes the node role from a device: a device that is nothing else is removed, another one loses its node token.
 * Refuses with what removal and revocation refuse with. Source: protocol 5.5 and 6.4.
 */
export async function removeNode(
  store: Store,
  input: { readonly deviceId: string; readonly actor: Commander; readonly nowMs: number },
) {
  const { deviceId } = input
  const device = await store.db.device.findUnique({ where: { deviceId }, select: { roles: true } })
  const isMore = device !== null && toList(device.roles).some((role) => role !== "node")
  return isMore ? revokeToken(store, { ...input, role: "node" }) : removeDevice(store, input)
}
