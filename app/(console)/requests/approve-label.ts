import { shortScope } from "@/components/scope-name"
import type { PairingReason, Role, Scopes } from "@/lib/pairing/types"

const mostNamed = 3

function named(scopes: Scopes): string {
  return scopes.length > mostNamed ? `${scopes.length} scopes` : scopes.map(shortScope).join(", ")
}

/** What the button will do, in the fewest words that leave no doubt. */
export function approveLabel({
  reason,
  role,
  added,
  declined,
}: {
  reason: PairingReason
  role: Role
  added: Scopes
  declined: Scopes
}): string {
  const but = declined.length === 0 ? "" : `, not ${named(declined)}`
  switch (reason) {
    case "not-paired":
    case "role-upgrade": {
      const scopes = added.length > 0 ? ` with ${named(added)}` : declined.length > 0 ? " without scopes" : ""
      return `Approve as ${role}${scopes}${added.length > 0 ? but : ""}`
    }
    case "scope-upgrade":
      if (added.length === 0) return declined.length === 0 ? "Approve" : `Let in without ${named(declined)}`
      return `Approve ${named(added)}${but}`
    case "metadata-upgrade":
      return added.length === 0 ? `Approve the change${but}` : `Approve the change and ${named(added)}${but}`
  }
}
