import { confinedTo } from "./authority"
import { covers } from "./scopes"
import type { Authority, Refusal, Refused, Role } from "./types"

/** What a caller over the wire is told: that there is no such thing, which scope it lacks, or that it was denied. */
export type Told = { readonly kind: "unknown" | "denied" } | { readonly kind: "missing-scope"; readonly scope: string }

const aboutNothing: readonly Refusal[] = ["not-found", "already-resolved", "unknown-device-or-role"]

/**
 * How much of a refusal its caller is told. A session that is confined to its own device does not learn whether what
 * it named, and is not its own, exists. Source: protocol 6.2.
 */
export function tellRefusal(caller: Authority, { because }: Pick<Refused, "because">): Told {
  return { kind: aboutNothing.includes(because) && confinedTo(caller) === null ? "unknown" : "denied" }
}

/**
 * The same for an approval, of a request for `role` where there is one: only an admin learns that there is none. The
 * name of a missing scope helps an approver of scopes; for a role the answer is always the same.
 */
export function tellRefusedApproval(caller: Authority, { because, missing }: Refused, role: Role | null): Told {
  if (aboutNothing.includes(because) && covers(caller.scopes, ["operator.admin"])) return { kind: "unknown" }
  const scope = because === "approver-missing-scope" && role === "operator" ? missing?.[0] : undefined
  return scope === undefined ? { kind: "denied" } : { kind: "missing-scope", scope }
}
