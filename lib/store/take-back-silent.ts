import { type Lowering, takeBackSilent as takeBack } from "@/lib/pairing/ceiling"
import type { Refused, Scopes } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { keepLowering } from "./lower-ceiling"
import { onDevice } from "./on-device"
import type { Store } from "./store"

/**
 * Takes back what a device got silently: all of it, or the named scopes. It is withheld afterwards. Refuses with what
 * the rule refuses with.
 */
export async function takeBackSilent(
  store: Store,
  input: {
    readonly deviceId: string
    readonly scopes?: Scopes | undefined
    readonly note?: string | null | undefined
    readonly actor: Commander
    readonly nowMs: number
  },
): Promise<Lowering | Refused> {
  return onDevice(store, input, async (ground) => {
    const lowering = takeBack(ground.record, input, ground.policy)
    if (lowering.ok) await keepLowering(ground, "device.silent-taken-back", lowering, input)
    return lowering
  })
}
