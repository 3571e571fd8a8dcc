import { actsOnOwnOrAny, missingAuthority } from "./authority"
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
 * key. Removing gives nobody anything, so it takes pairing or admin and no more: the gateway's own command line asks
 * for no more either. Refuses with `unknown-device-or-role`, `not-own-device`, and `caller-missing-scope`; a device
 * session without admin does not remove itself where it is a node too.
 * Source: rulings R13, R20; protocol 6.2.
 */
export function remove(record: DeviceRecord, input: { readonly authority: Authority }): Removal | Refused {
  const { device } = record
  const { authority } = input
  if (device === null) return { ok: false, because: "unknown-device-or-role" }
  if (!actsOnOwnOrAny(authority, device.deviceId)) return { ok: false, because: "not-own-device" }
  const role = authority.deviceId !== null && device.roles.includes("node") ? "node" : "operator"
  const lacking = missingAuthority(authority, role, [], "caller-missing-scope")
  if (lacking !== null) return lacking
  return {
    ok: true,
    next: { ...record, device: null, requests: [], holds: [] },
    removed: device,
    dropped: record.requests.map((request) => request.requestId),
  }
}
