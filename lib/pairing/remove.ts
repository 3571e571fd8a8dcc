import { refusedOver } from "./authority"
import type { Authority, Device, DeviceRecord, Refused } from "./types"

export type Removal = {
  readonly ok: true
  readonly next: DeviceRecord
  readonly removed: Device
  /** Requests that end with it. */
  readonly dropped: readonly string[]
}

/**
 * Removes a device with its ceiling, tokens, requests and rejections; nothing is remembered but a block of its
 * key. Refuses with `unknown-device-or-role`, `not-own-device`, and `caller-missing-scope`.
 * Source: ruling R20.
 */
export function remove(record: DeviceRecord, input: { readonly authority: Authority }): Removal | Refused {
  const { device } = record
  if (device === null) return { ok: false, because: "unknown-device-or-role" }
  const refused = refusedOver(input.authority, device)
  if (refused !== null) return refused
  return {
    ok: true,
    next: { ...record, device: null, requests: [], holds: [] },
    removed: device,
    dropped: record.requests.map((request) => request.requestId),
  }
}
