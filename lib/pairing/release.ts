import { missingAuthority } from "./authority"
import { withDevice } from "./device"
import { withoutEnded } from "./ends"
import { ofRole } from "./scopes"
import type { Authority, DeviceRecord, Refused, Scopes } from "./types"

export type Release = { readonly ok: true; readonly next: DeviceRecord; readonly released: Scopes }

/**
 * Takes the mark of a person off withheld scopes without granting them: the device may ask for them again, and where
 * the policy has a lane for it, get them silently. Refuses with `unknown-device-or-role`, `caller-missing-scope`, and
 * `nothing-to-change` when none of them is withheld.
 * Source: ruling R22, "until a person".
 */
export function releaseWithheld(
  stored: DeviceRecord,
  { scopes, authority, nowMs }: { readonly scopes: Scopes; readonly authority: Authority; readonly nowMs: number },
): Release | Refused {
  const record = withoutEnded(stored, nowMs)
  const { device } = record
  if (device === null) return { ok: false, because: "unknown-device-or-role" }
  const released = device.withheld.filter((scope) => scopes.includes(scope))
  if (released.length === 0) return { ok: false, because: "nothing-to-change" }
  for (const role of ["operator", "node"] as const) {
    const own = ofRole(released, role)
    const lacking = own.length === 0 ? null : missingAuthority(authority, role, own, "caller-missing-scope")
    if (lacking !== null) return lacking
  }
  if (authority.deviceId !== null) return { ok: false, because: "caller-missing-scope", missing: [] }
  const withheld = device.withheld.filter((scope) => !released.includes(scope))
  return { ok: true, next: withDevice(record, { ...device, withheld }), released }
}
