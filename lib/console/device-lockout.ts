import type { LockoutFacts } from "@/lib/pairing/lockout"
import { isOwnDevice, readOthers } from "@/lib/store/lockout"
import type { Store } from "@/lib/store/store"

/**
 * What stands beside a device, so that its page can say what a command would cut off before it is given. The command
 * looks again in its transaction.
 */
export async function readLockout(
  store: Store,
  deviceId: string,
  address: string,
): Promise<LockoutFacts & { readonly address: string }> {
  const others = await readOthers(store.db, deviceId)
  return { ...others, isOwn: await isOwnDevice(store, deviceId, address), address }
}
