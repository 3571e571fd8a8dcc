import { covers, ofRole } from "./scopes"
import type { Authority, Device, Refused, Role, Scopes } from "./types"

/** The authority of the console's owners and approvers. The console checks its own roles before it uses this (R13). */
export const consoleAuthority: Authority = { scopes: ["operator.admin"], deviceId: null }

/** The authority of a session over the wire: only one that a device token opened is the device's own (R13). */
export function sessionAuthority(
  scopes: Scopes,
  opened: { readonly by: "token" | "device-token"; readonly deviceId: string | null },
): Authority {
  return { scopes, deviceId: opened.by === "device-token" ? opened.deviceId : null }
}

/**
 * The one device that the caller may see and act on; null when it is all of them. A device session without admin sees
 * and acts on its own only (R13).
 */
export function confinedTo(caller: Authority): string | null {
  return covers(caller.scopes, ["operator.admin"]) ? null : caller.deviceId
}

/** Whether the caller may act on this device at all. */
export function actsOnOwnOrAny(caller: Authority, deviceId: string): boolean {
  const own = confinedTo(caller)
  return own === null || own === deviceId
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

/**
 * Why the caller may not remove or rename a device; null when it may. Neither gives anybody anything, so it takes
 * pairing or admin and no more: the gateway's own command line asks for no more either. A device session without
 * admin does neither to itself where it is a node too.
 * Source: rulings R13, R20; protocol 6.2.
 */
export function refusedOver(caller: Authority, device: Pick<Device, "deviceId" | "roles">): Refused | null {
  if (!actsOnOwnOrAny(caller, device.deviceId)) return { ok: false, because: "not-own-device" }
  const role = caller.deviceId !== null && device.roles.includes("node") ? "node" : "operator"
  return missingAuthority(caller, role, [], "caller-missing-scope")
}
