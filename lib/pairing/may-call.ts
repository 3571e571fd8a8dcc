import { covers } from "./scopes"
import type { Role, Scopes } from "./types"

type Access = { readonly roles: readonly Role[]; readonly scope: string | null }

const everybody: Access = { roles: ["operator", "node"], scope: null }
const operators: Access = { roles: ["operator"], scope: null }
const readers: Access = { roles: ["operator"], scope: "operator.read" }
const deciders: Access = { roles: ["operator"], scope: "operator.pairing" }

const methods = {
  health: everybody,
  status: readers,
  "device.pair.list": deciders,
  "device.pair.approve": deciders,
  "device.pair.reject": deciders,
  "device.pair.remove": deciders,
  "device.pair.rename": deciders,
  "node.pair.remove": deciders,
  "device.token.rotate": deciders,
  "device.token.revoke": deciders,
  "device.scopes.requestUpgrade": operators,
  "device.scopes.waitUpgrade": operators,
} as const satisfies Readonly<Record<string, Access>>

/** The methods of the wire. */
export type MethodName = keyof typeof methods

/** A live session, as far as its calls are concerned. */
export type Caller = { readonly role: Role; readonly scopes: Scopes }

export type CallRefusal =
  | { readonly because: "wrong-role" }
  | { readonly because: "missing-scope"; readonly scope: string }

/** Whether a role has a method at all, whatever scopes a session of it holds. */
export function hasMethod(role: Role, name: MethodName): boolean {
  const { roles }: Access = methods[name]
  return roles.includes(role)
}

/** Whether a session may call a method: null when it may, else what it lacks. Source: protocol 6.1. */
export function mayCall({ role, scopes }: Caller, name: MethodName): CallRefusal | null {
  if (!hasMethod(role, name)) return { because: "wrong-role" }
  const { scope }: Access = methods[name]
  return scope === null || covers(scopes, [scope]) ? null : { because: "missing-scope", scope }
}

/** Whether a session is told what happens to requests and devices: whoever may list them. Source: protocol 6.5. */
export function mayWatch(caller: Caller): boolean {
  return mayCall(caller, "device.pair.list") === null
}
