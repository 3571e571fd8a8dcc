import type { Locality, ManualReason } from "./decision"
import { ceilingOf, hasRole, isRevoked } from "./device"
import { isEndedRole, isTimeBoxed } from "./ends"
import type { ConnectFacts } from "./facts"
import { isForeignPage, isListed } from "./locality"
import { isServedNode } from "./node-commands"
import { covers, cutTo, uncovered } from "./scopes"
import type { Device, Lane, PairingReason, Policy, Role, Scopes } from "./types"

type Crossing = {
  readonly reason: PairingReason
  readonly role: Role
  readonly asked: Scopes
  readonly facts: ConnectFacts
  readonly device: Device | null
  readonly locality: Locality
  readonly policy: Policy
}

/** A lane that is open for a connect, and what it would grant; or the one rule that keeps them all shut. */
export type Opening =
  | { readonly open: true; readonly lane: Lane; readonly grant: Scopes }
  | { readonly open: false; readonly manual: ManualReason }

const shut = (manual: ManualReason): Opening => ({ open: false, manual })

/**
 * Whether a connect that lacks something may be let in without a person, by which lane, and with how much. No
 * lane opens for another key, for changed metadata, for a page of a foreign origin, for any page where the policy
 * says so, for a revoked role, or for a node whose commands a gateway behind this one would run, and no lane grants
 * what a person withheld, or beyond the end that one set. The last line is always a person.
 * Source: rulings R7, R8, R11, R16, R22, R23; policy options of scenarios A.3.
 */
export function openLane(crossing: Crossing): Opening {
  const { reason, role, facts, device, policy, locality } = crossing
  const origin = facts.net.origin

  if (device !== null && device.publicKey !== facts.identity?.publicKey) return shut("other-key")
  const isNode = isServedNode(facts, role)
  if (reason === "metadata-upgrade") {
    return shut(isNode && device?.approvedCommands === null ? "node-commands" : "metadata-changed")
  }
  if (isForeignPage(facts.net, policy)) return shut("foreign-page")
  if (reason === "role-upgrade" && device !== null && isEndedRole(device, role)) return shut("grant-ended")
  if (reason === "role-upgrade" && device !== null && isRevoked(device.tokens[role])) return shut("role-revoked")
  if (reason === "role-upgrade" && policy.roleUpgrade === "manual") return shut("role-upgrade-manual")
  if (isNode) return shut("node-commands")
  if (origin !== null && policy.browserScopeUpgrade === "never") return shut("page-manual")

  if (isIdentityProxy(crossing)) return withGrant(crossing, "identity-proxy")
  if (isFreshNodeInRange(crossing)) return withGrant(crossing, "node-cidr")
  if (!isSilentAuthKind(facts, policy)) return shut("auth-kind")
  if (reason === "scope-upgrade" && policy.pairedUpgrade === "same-key-auto") return withGrant(crossing, "same-key")

  if (!locality.local) return shut("not-local")
  if (!policy.autoApproveLocal) return shut("local-approval-off")
  if (reason === "not-paired" && policy.localPairing === "manual") return shut("local-pairing-manual")
  if (reason === "scope-upgrade" && policy.localScopeUpgrade === "manual") return shut("local-scope-upgrade-manual")
  return withGrant(crossing, "local")
}

/**
 * Whether this connect was vouched for by an identity proxy whose users may upgrade up to a cap (A.3,
 * `trustedProxyUpgrade`).
 */
export function isIdentityProxy({ reason, role, facts, device, policy }: Crossing): boolean {
  return (
    facts.auth.kind === "trusted-proxy" &&
    policy.trustedProxyUpgrade.enabled &&
    reason === "scope-upgrade" &&
    role === "operator" &&
    device !== null &&
    hasRole(device, role)
  )
}

function isFreshNodeInRange({ reason, role, asked, facts, locality, policy }: Crossing): boolean {
  return (
    reason === "not-paired" &&
    role === "node" &&
    asked.length === 0 &&
    facts.net.origin === null &&
    !locality.viaLoopbackProxy &&
    locality.clientAddress !== null &&
    isListed(locality.clientAddress, policy.nodeAutoApproveCidrs)
  )
}

function isSilentAuthKind({ auth }: ConnectFacts, policy: Policy): boolean {
  return auth.kind !== "invalid" && policy.silentAuthKinds.includes(auth.kind)
}

function withGrant(crossing: Crossing, lane: Lane): Opening {
  const { reason, asked, device, policy } = crossing
  const withheld = device?.withheld ?? []
  const before = device === null ? [] : ceilingOf(device, policy)
  const isBoxed = (scope: string) => device !== null && isTimeBoxed(device, before, scope)
  // A part of the ask is not let in silently where the rest has to be asked of a person again. What one declined since
  // is no part of it.
  if (asked.some((scope) => !withheld.includes(scope) && isBoxed(scope))) return shut("grant-ended")
  // The identity proxy's cap is a plain list of what may be given, not a ceiling to fill up to (POLICY-18).
  const offered =
    lane === "identity-proxy" ? asked.filter((scope) => covers(policy.trustedProxyUpgrade.scopes, [scope])) : asked
  const capped = policy.silentScopeCeiling === null ? offered : cutTo(policy.silentScopeCeiling, offered)
  const grant = capped.filter((scope) => !withheld.some((held) => covers([scope], [held])) && !isBoxed(scope))

  // A scope upgrade that would add nothing is none: the rest lies above the cap, and a person decides.
  const adds = reason === "scope-upgrade" && device !== null ? uncovered(before, grant) : grant
  if (adds.length > 0 || asked.length === 0) return { open: true, lane, grant }
  return shut(grant.length < capped.length ? "withheld" : "above-silent-ceiling")
}
