import type { CurrentAdmin } from "@/lib/auth/admin"
import { type Capability, hasCapability } from "@/lib/auth/capabilities"

const shown = {
  rename: "devices.rename",
  note: "devices.note",
  tag: "devices.tag",
  rotate: "devices.rotate",
  revoke: "devices.revoke",
  editScopes: "devices.edit-scopes",
  disconnect: "devices.disconnect",
  takeBack: "devices.take-back",
  extend: "devices.extend",
  block: "devices.block",
  unblock: "devices.unblock",
  remove: "devices.remove",
} as const satisfies Record<string, Capability>

/** Which commands the page offers this person. Each action checks for itself; this only spares vain buttons. */
export type Allowed = Readonly<Record<keyof typeof shown, boolean>>

export function allowedOn(role: CurrentAdmin["role"]): Allowed {
  const can = (capability: Capability) => hasCapability(role, capability)
  return {
    rename: can(shown.rename),
    note: can(shown.note),
    tag: can(shown.tag),
    rotate: can(shown.rotate),
    revoke: can(shown.revoke),
    editScopes: can(shown.editScopes),
    disconnect: can(shown.disconnect),
    takeBack: can(shown.takeBack),
    extend: can(shown.extend),
    block: can(shown.block),
    unblock: can(shown.unblock),
    remove: can(shown.remove),
  }
}
