import { covers, ofRole } from "./scopes"
import type { Authority, Refused, Role, Scopes } from "./types"

/** The authority of the console's owners and approvers. The console checks its own roles before it uses this (R13). */
export const consoleAuthority: Authority = { scopes: ["operator.admin"], deviceId: null }

/** Whether the caller may act on this device at all: a device session without admin acts on its own only (R13). */
export function actsOnOwnOrAny(caller: Authority, deviceId: string): boolean {
  return caller.deviceId === null || caller.deviceId === deviceId || covers(caller.scopes, ["operator.admin"])
}

/**
 * Whether the caller's scopes suffice to manage a token that holds `scopes` for `role`: pairing or admin, every
 * operator scope of that token, and admin for a node. Null when they do, else the refusal.
 * Source: ruling R13.
 */
export function missingAuthority(
  caller: Authority,
  role: Role,
  scopes: Scopes,
  because: "approver-missing-scope" | "caller-missing-scope",
): Refused | null {
  const needed = role === "node" ? ["operator.admin"] : ["operator.pairing", ...ofRole(scopes, "operator")]
  const missing = needed.filter((scope) => !covers(caller.scopes, [scope]))
  return missing.length === 0 ? null : { ok: false, because, missing }
}
