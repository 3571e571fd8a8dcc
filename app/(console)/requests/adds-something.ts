import type { RequestView } from "@/lib/console/request-types"
import type { Outcome } from "@/lib/pairing/difference"

/** Whether an approval adds scopes or the role: only that can end by itself. */
export function addsSomething(
  { paired, heldRoles, role, isRoleRevoked }: Pick<RequestView, "paired" | "heldRoles" | "role" | "isRoleRevoked">,
  { added }: Pick<Outcome, "added">,
): boolean {
  return added.length > 0 || paired !== "same-key" || isRoleRevoked || !heldRoles.includes(role)
}
