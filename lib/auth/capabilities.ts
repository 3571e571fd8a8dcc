import type { ConsoleRole } from "@/lib/store/console-role"

const viewer = [
  "overview.see",
  "requests.see",
  "devices.see",
  "devices.export",
  "audit.see",
  "audit.export",
  "policy.see",
  "gateway.see",
  "account.see",
  "account.change",
  "views.change",
] as const

const approver = [
  ...viewer,
  "requests.approve",
  "requests.reject",
  "requests.reopen",
  "devices.rename",
  "devices.note",
  "devices.tag",
  "devices.rotate",
  "devices.revoke",
  "devices.edit-scopes",
  "devices.disconnect",
  "devices.take-back",
  "devices.extend",
  "devices.block",
  "devices.unblock",
  "devices.remove",
] as const

const owner = [
  ...approver,
  "policy.change",
  "settings.see",
  "settings.change",
  "views.share",
  "admins.see",
  "admins.manage",
  "secret.see",
  "secret.show",
  "secret.rotate",
] as const

/** One thing that a person may do in the console; every loader and every action names exactly one. */
export type Capability = (typeof owner)[number]

const table: Record<ConsoleRole, ReadonlySet<Capability>> = {
  viewer: new Set(viewer),
  approver: new Set(approver),
  owner: new Set(owner),
}

/** What may be read by following a link. Everything else changes something, if only the record of who saw a secret. */
const reading: ReadonlySet<Capability> = new Set([
  "overview.see",
  "requests.see",
  "devices.see",
  "devices.export",
  "audit.see",
  "audit.export",
  "policy.see",
  "gateway.see",
  "account.see",
  "settings.see",
  "admins.see",
  "secret.see",
] as const)

/** Whether using a capability may change something, so that only pages of this console may ask for it. */
export function isChanging(capability: Capability): boolean {
  return !reading.has(capability)
}

/** Every capability there is; an owner has them all. */
export const capabilities: readonly Capability[] = owner

/** Whether a console role includes a capability. A capability that is not listed for the role is refused. */
export function hasCapability(role: ConsoleRole, capability: Capability): boolean {
  return table[role].has(capability)
}
