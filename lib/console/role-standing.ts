import { ceilingOf, hasRole } from "@/lib/pairing/device"
import { endOf, isEndedRole } from "@/lib/pairing/ends"
import type { Device, Policy, Role, Scopes } from "@/lib/pairing/types"
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

/** When the scopes of some that a device holds end by themselves; those that last, or that it does not hold, are left out. */
export function endsOf(device: Device | null, policy: Policy, scopes: Scopes): Readonly<Record<string, number>> {
  if (device === null) return {}
  const ceiling = ceilingOf(device, policy)
  const held = scopes.filter((scope) => hasRole(device, scope.startsWith("node.") ? "node" : "operator"))
  return Object.fromEntries(
    held.flatMap((scope) => {
      const untilMs = endOf(device, ceiling, scope)
      return untilMs === null ? [] : [[scope, untilMs] as const]
    }),
  )
}
