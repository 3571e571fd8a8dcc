import type { DeviceOutcome } from "@/lib/pairing/at-once"
import type { Refused } from "@/lib/pairing/types"
import { inTurn } from "./in-turn"

/** Gives one command for several devices, in turn; what became of it on each is a value. */
export async function onEachDevice(
  deviceIds: readonly string[],
  command: (deviceId: string) => Promise<{ readonly ok: true } | Refused>,
): Promise<readonly DeviceOutcome[]> {
  return inTurn(new Set(deviceIds), async (deviceId) => {
    const result = await command(deviceId)
    return { deviceId, refused: result.ok ? null : result.because }
  })
}
