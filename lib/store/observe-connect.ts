import type { Decision, RejectReason } from "@/lib/pairing/decision"
import type { ConnectFacts } from "@/lib/pairing/facts"
import { addressOf, type ConnectInput, foldKey, toStoredFacts } from "./connect-facts"
import { fromList } from "./rows"
import type { Store } from "./store"

/** Refusals of a connect that did not prove to be anybody, or of no sensible form: they leave a count, nothing else. */
const unproven: readonly RejectReason[] = [
  ...(["unauthorized", "device-required", "token-mismatch", "device-not-paired"] as const),
  ...(["invalid-role", "invalid-scope"] as const),
]

/**
 * Notes a decided connect for the timeline, without writing: a plain allow as seen and counted, anything else with
 * valid key and credential as an attempt with its facts, the rest as a count.
 */
export function observeConnect(
  store: Pick<Store, "observed">,
  { facts, decision }: { readonly facts: ConnectFacts; readonly decision: Decision },
  presented: ConnectInput["auth"],
): void {
  const address = addressOf(decision.locality, facts.net)
  const { identity, nowMs } = facts
  const isUnproven = decision.kind === "reject" && (unproven.includes(decision.reason) || !isProven(facts))
  if (identity === null || isUnproven) {
    store.observed.refused({ reason: countedReason(decision, presented), address, nowMs })
    return
  }
  if (decision.kind === "allow" || decision.kind === "silent-approve") {
    const live = decision.next.device?.tokens[decision.role]
    const isUsed = facts.auth.kind === "device-token" && facts.auth.tokenId === live?.tokenId
    const isPlain = decision.reason === "within-ceiling"
    store.observed.allowed({
      ...{ deviceId: identity.deviceId, address, isPlain, nowMs },
      usedRole: isUsed ? decision.role : null,
    })
    if (isPlain) return
  }

  const { kind: outcome, reason, asked } = decision
  const role = decision.role ?? "operator"
  const scopes = fromList(asked).slice(0, 2_000)
  store.observed.attempted({
    deviceId: identity.deviceId,
    publicKey: identity.publicKey,
    role,
    scopes,
    outcome,
    reason,
    foldKey: foldKey([outcome, reason, role, scopes, address, facts.auth.kind, facts.metadata.clientId]),
    firstAtMs: nowMs,
    lastAtMs: nowMs,
    count: 1,
    address,
    facts: JSON.stringify(toStoredFacts(facts)),
    requestId: requestOf(decision),
  })
}

function requestOf(decision: Decision): string | null {
  if (decision.kind === "pending") return decision.request.requestId
  return decision.kind === "allow" ? (decision.filed?.request.requestId ?? null) : null
}

// A wrong shared secret of a device was tried as its token too; what it failed as is the secret.
function countedReason({ reason }: Decision, presented: ConnectInput["auth"]): string {
  const isTokenReason = reason === "token-mismatch" || reason === "device-not-paired"
  const isShared = presented.kind === "device-token" && presented.inSharedField === true
  return isTokenReason && isShared ? "token_mismatch" : reason
}

function isProven({ auth }: ConnectFacts): boolean {
  return auth.kind !== "invalid" && (auth.kind !== "device-token" || auth.tokenId !== null)
}
