import type { Scopes } from "@/lib/pairing/types"

/** The operator scopes that the gateway behind knows. It echoes others as if it kept them, so none is passed. */
const known = [
  "operator.admin",
  "operator.read",
  "operator.write",
  "operator.sessions.read",
  "operator.sessions.write",
  "operator.talk",
  "operator.approvals",
  "operator.questions",
  "operator.pairing",
  "operator.talk.secrets",
]

/** What of a grant the gateway behind is asked for. */
export function scopesToAsk(granted: Scopes): readonly string[] {
  return granted.filter((scope) => known.includes(scope))
}

/** What it granted beyond what it was asked; empty when it kept to it. */
export function grantedBeyond(asked: readonly string[], granted: readonly string[]): readonly string[] {
  return granted.filter((scope) => !asked.includes(scope))
}
