import ipaddr from "ipaddr.js"
import { parseAddress } from "./locality"
import { areValidScopes } from "./scopes"
import type { Policy, Role, Scopes } from "./types"

/** Limits of the durations in a policy, in milliseconds. A hold of 0 is none (R15, R21). */
export const policyLimits = {
  pendingTtlMs: { least: 30_000, most: 7 * 86_400_000 },
  rejectHoldMs: { least: 0, most: 366 * 86_400_000 },
} as const

export type PolicyProblem = {
  readonly option: keyof Policy
  readonly because: "not-a-range" | "range-too-wide" | "not-an-origin" | "not-a-scope" | "out-of-limits"
  /** What was written, for the sentence. */
  readonly value: string
}

/**
 * Everything in a policy that cannot be meant, in the order of its options; an empty list for a policy that may
 * come into force. A range of addresses is one address or CIDR, and never all addresses there are; an origin is
 * scheme, host and port as a browser sends them; scopes are whole names, of operators only where only they ask.
 * Source: policy options of scenarios A.3.
 */
export function policyProblems(policy: Policy): readonly PolicyProblem[] {
  return [
    ...scopeProblems("silentScopeCeiling", policy.silentScopeCeiling ?? [], ["operator", "node"]),
    ...policy.firstPartyOrigins
      .filter((origin) => !isOrigin(origin))
      .map((value): PolicyProblem => ({ option: "firstPartyOrigins", because: "not-an-origin", value })),
    ...policy.nodeAutoApproveCidrs.flatMap(rangeProblems),
    ...scopeProblems("trustedProxyUpgrade", policy.trustedProxyUpgrade.scopes, ["operator"]),
    ...durationProblems("pendingTtlMs", policy),
    ...durationProblems("rejectHoldMs", policy),
  ]
}

/**
 * Whether a text is one address, or a CIDR range that leaves out at least some addresses (A.3,
 * `nodeAutoApproveCidrs`).
 */
export function isAddressRange(text: string): boolean {
  return rangeProblems(text).length === 0
}

/**
 * Whether a text is an origin as browsers send it: scheme, host, port unless it is the usual one, nothing else (R7).
 */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?$/.test(text)
}

function rangeProblems(value: string): readonly PolicyProblem[] {
  const problem = (because: PolicyProblem["because"]): readonly PolicyProblem[] => [
    { option: "nodeAutoApproveCidrs", because, value },
  ]
  if (!value.includes("/")) return parseAddress(value) === null ? problem("not-a-range") : []
  const [address = "", bits = ""] = value.split("/")
  if (parseAddress(address) === null || !/^[0-9]{1,3}$/.test(bits) || !ipaddr.isValidCIDR(value)) {
    return problem("not-a-range")
  }
  return bits === "0" ? problem("range-too-wide") : []
}

function scopeProblems(option: keyof Policy, scopes: Scopes, roles: readonly Role[]): readonly PolicyProblem[] {
  return scopes
    .filter((scope) => !roles.some((role) => areValidScopes([scope], role)))
    .map((value) => ({ option, because: "not-a-scope", value }))
}

function durationProblems(option: keyof typeof policyLimits, policy: Policy): readonly PolicyProblem[] {
  const { least, most } = policyLimits[option]
  const value = policy[option]
  return Number.isFinite(value) && value >= least && value <= most
    ? []
    : [{ option, because: "out-of-limits", value: String(value) }]
}
