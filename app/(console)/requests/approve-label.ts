import { shortScope } from "@/components/scope-name"
import type { Outcome } from "@/lib/pairing/difference"
import { isDangerous } from "@/lib/pairing/scopes"
import type { PairingReason, Role, Scopes } from "@/lib/pairing/types"

const mostNamed = 3

/** Short lists in full, long ones by their number; what is dangerous never goes unnamed. */
function named(scopes: Scopes): string {
  if (scopes.length <= mostNamed) return scopes.map(shortScope).join(", ")
  const dangerous = scopes.filter(isDangerous)
  if (dangerous.length === 0) return `${scopes.length} scopes`
  return `${dangerous.map(shortScope).join(", ")} and ${scopes.length - dangerous.length} more scopes`
}

/** What the button will do, in the fewest words that leave no doubt. */
export function approveLabel({
  reason,
  role,
  added,
  declined,
  restored,
  time = "",
}: {
  readonly reason: PairingReason
  readonly role: Role
  /** For how long, as it goes on a sentence: " for 8 hours"; empty for good. */
  readonly time?: string
} & Omit<Outcome, "dangerous">): string {
  const but = declined.length === 0 ? "" : `, not ${named(declined)}`
  const back = restored.length === 0 ? "" : `, back: ${named(restored)}`
  switch (reason) {
    case "not-paired":
    case "role-upgrade": {
      const gains = added.length + restored.length > 0
      if (!gains) return `Approve as ${role}${declined.length > 0 ? " without scopes" : ""}${time}`
      return `Approve as ${role}${added.length > 0 ? ` with ${named(added)}` : ""}${time}${but}${back}`
    }
    case "scope-upgrade":
      if (added.length === 0) return `${declined.length === 0 ? "Approve" : `Let in without ${named(declined)}`}${back}`
      return `Approve ${named(added)}${time}${but}${back}`
    case "metadata-upgrade":
      return `Approve the change${added.length === 0 ? "" : ` and ${named(added)}${time}`}${but}${back}`
  }
}
