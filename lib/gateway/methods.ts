import type { Store } from "@/lib/store/store"
import { pairMethods } from "./pair-methods"
import type { Method } from "./rpc"
import { statusMethods } from "./status-methods"
import { tokenMethods } from "./token-methods"
import { upgradeMethods } from "./upgrade-methods"

/** Every method of the wire by its name. */
export function createMethods(store: Store): ReadonlyMap<string, Method> {
  const all = [...pairMethods(store), ...tokenMethods(store), ...upgradeMethods(store), ...statusMethods(store)]
  return new Map(all.map((method) => [method.name, method]))
}
