import type { Actor } from "./actor"

/** A person acting on their own account, without any authority over devices. */
export function selfActor(admin: { readonly adminId: string; readonly name: string }): Actor {
  return { kind: "admin", id: admin.adminId, name: admin.name, authority: { scopes: [], deviceId: null } }
}
