import { endsAuthority, type LockoutFacts, lockoutLosses, scopesInForce } from "@/lib/pairing/lockout"
import type { DeviceRecord, Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import type { Ground } from "./on-device"
import type { Store } from "./store"
import { lock, type Tx } from "./transaction"

/** What a command that can cut something off is told beside its own input. Programs over the wire are not asked. */
export type LockoutAnswer = {
  readonly actor: Commander
  /** Whether a person has read what would stop working and wants it all the same; left out, they have not. */
  readonly confirmedLockout?: boolean | undefined
  /** Where the person gives the command from; null or left out where that is not known. */
  readonly ownAddress?: string | null | undefined
}

/**
 * The refusal `would-lock-out` where a command would end the last token that can pair or do everything, or what the
 * person's own device does, and nobody has confirmed that; null where it may go on. Two such commands about different
 * devices take turns, so that neither counts on a device that the other one ends.
 */
export async function refuseLockout(
  store: Pick<Store, "presence">,
  ground: Ground,
  next: DeviceRecord,
  { actor, confirmedLockout = false, ownAddress = null }: LockoutAnswer,
): Promise<Refused | null> {
  const { tx, deviceId, record } = ground
  const [before, after] = [scopesInForce(record), scopesInForce(next)]
  const isAuthority = endsAuthority(before, after)
  if (isAuthority) await lock(tx, "last-authority")
  if (actor.kind === "wire" || confirmedLockout) return null
  const others = isAuthority ? await readOthers(tx.db, deviceId) : { othersHoldAdmin: true, othersHoldPairing: true }
  const losses = lockoutLosses(before, after, { ...others, isOwn: await isOwnDevice(store, deviceId, ownAddress) })
  return losses.length === 0 ? null : { ok: false, because: "would-lock-out", losses }
}

/** Whether another device that is not blocked holds admin, or at least pairing, in its token. By the index of scopes. */
export async function readOthers(db: Tx["db"] | Store["db"], deviceId: string): Promise<Omit<LockoutFacts, "isOwn">> {
  const holds = async (scope: string) => {
    const where = { kind: "current", scope, deviceId: { not: deviceId }, device: { isBlocked: false } }
    return (await db.deviceScope.findFirst({ where, select: { deviceId: true } })) !== null
  }
  const othersHoldAdmin = await holds("operator.admin")
  return { othersHoldAdmin, othersHoldPairing: othersHoldAdmin || (await holds("operator.pairing")) }
}

/**
 * Whether a live connection of the device comes from the address of the person. A loopback address tells nothing:
 * every client of the machine has it, and whoever sits there can pair anew.
 */
export async function isOwnDevice(
  store: Pick<Store, "presence">,
  deviceId: string,
  address: string | null,
): Promise<boolean> {
  if (address === null || isLoopback(address)) return false
  return (await store.presence.of(deviceId)).some((session) => session.address === address)
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.")
}
