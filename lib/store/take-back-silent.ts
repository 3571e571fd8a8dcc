import { type Lowering, takeBackSilent as takeBack } from "@/lib/pairing/ceiling"
import type { Refused, Scopes } from "@/lib/pairing/types"
import { type LockoutAnswer, refuseLockout } from "./lockout"
import { keepLowering } from "./lower-ceiling"
import { onDevice } from "./on-device"
import type { Store } from "./store"

/**
 * Takes back what a device got silently: all of it, or the named scopes. It is withheld afterwards. Refuses with what
 * the rule refuses with, and with `would-lock-out`.
 */
export async function takeBackSilent(
  store: Store,
  input: LockoutAnswer & {
    readonly deviceId: string
    readonly scopes?: Scopes | undefined
    readonly note?: string | null | undefined
    readonly nowMs: number
  },
): Promise<Lowering | Refused> {
  return onDevice(store, input, async (ground) => {
    const lowering = takeBack(ground.record, input, ground.policy)
    if (!lowering.ok) return lowering
    const refused = await refuseLockout(store, ground, lowering.next, input)
    if (refused !== null) return refused
    await keepLowering(ground, "device.silent-taken-back", lowering, input)
    return lowering
  })
}
