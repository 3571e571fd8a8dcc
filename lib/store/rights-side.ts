import { frozenCeiling } from "@/lib/pairing/device"
import { runningEnds } from "@/lib/pairing/ends"
import type { Device, Role } from "@/lib/pairing/types"
import type { AuditSide } from "./audit-actions"

/** The rights of a device as one side of an audit entry; null for a device that is not there. */
export function rightsSide(device: Device | null): AuditSide | null {
  if (device === null) return null
  return {
    roles: device.roles,
    approvedScopes: frozenCeiling(device),
    ...endsSide(device),
    ...(device.withheld.length > 0 && { withheld: device.withheld }),
    ...(device.approvedCommands !== null && { approvedCommands: device.approvedCommands }),
    ...tokenSide(device, "operator"),
    ...tokenSide(device, "node"),
  }
}

/** What of a device ends, and when, as part of a side; empty where nothing does. */
export function endsSide(device: Device): AuditSide {
  const ends = runningEnds(device).map(({ name, untilMs }) => `${name} until ${new Date(untilMs).toISOString()}`)
  return ends.length === 0 ? {} : { ends }
}

/** The token of one role as part of a side; empty where there is none. */
export function tokenSide(device: Device | null, role: Role): AuditSide {
  const token = device?.tokens[role]
  if (token === undefined) return {}
  return {
    [`${role}Scopes`]: token.scopes,
    [`${role}Token`]: shortTokenId(token.tokenId),
    ...(token.revokedAtMs !== null && { [`${role}RevokedAtMs`]: token.revokedAtMs }),
  }
}

/** As much of a token's id as pages and the audit log show. */
export function shortTokenId(tokenId: string): string {
  return tokenId.slice(0, 8)
}
