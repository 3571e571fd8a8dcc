import type { RequestView } from "@/lib/console/request-types"
import type { Outcome, ScopeDifference } from "@/lib/pairing/difference"

type Standing = Pick<RequestView, "paired" | "heldRoles" | "role" | "isRoleRevoked">

/** Whether an approval adds scopes or the role: only that can end by itself. */
export function addsSomething(request: Standing, { added }: Pick<Outcome, "added">): boolean {
  return added.length > 0 || bringsRole(request)
}

/** What of the ask is approved for a time already and ends then, whatever is chosen: only with its role is it renewed. */
export function stillEnding(request: Standing, scopes: readonly ScopeDifference[]) {
  if (bringsRole(request)) return []
  return scopes.flatMap(({ scope, isApproved, untilMs }) =>
    isApproved && untilMs !== null ? [{ scope, untilMs }] : [],
  )
}

function bringsRole({ paired, heldRoles, role, isRoleRevoked }: Standing): boolean {
  return paired !== "same-key" || isRoleRevoked || !heldRoles.includes(role)
}
