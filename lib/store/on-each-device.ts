import type { DeviceOutcome } from "@/lib/pairing/at-once"
import type { Refused } from "@/lib/pairing/types"

/**
 * Gives one command for several devices, one after the other: each is a transaction and an audit entry of its own, and
 * one that is refused stops none of the others.
 */
export async function onEachDevice(
  deviceIds: readonly string[],
  command: (deviceId: string) => Promise<{ readonly ok: true } | Refused>,
): Promise<readonly DeviceOutcome[]> {
  const outcomes: DeviceOutcome[] = []
  for (const deviceId of new Set(deviceIds)) {
    const result = await command(deviceId)
    outcomes.push({ deviceId, refused: result.ok ? null : result.because })
  }
  return outcomes
}
