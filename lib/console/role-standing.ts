import { isEndedRole } from "@/lib/pairing/ends"
import type { Device, Role } from "@/lib/pairing/types"
import type { RequestView } from "./request-types"

type Standing = Pick<RequestView, "isRoleRevoked" | "roleRevokedAtMs" | "roleEndedAtMs">

/** Whether a role that the device once had is over, and how. */
export function roleStanding(device: Device | null, role: Role): Standing {
  const revokedAtMs = device?.tokens[role]?.revokedAtMs ?? null
  const endedAtMs = device !== null && isEndedRole(device, role) ? (device.ends[role] ?? null) : null
  return {
    isRoleRevoked: revokedAtMs !== null,
    roleRevokedAtMs: endedAtMs === null ? revokedAtMs : null,
    roleEndedAtMs: endedAtMs,
  }
}
