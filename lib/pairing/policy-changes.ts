import { covers } from "./scopes"
import type { Policy, Scopes } from "./types"

/** Whether a change lets in more without a person, less, or neither can be said. */
export type PolicyEffect = "opens" | "tightens" | "neither"

export type PolicyChange = { readonly option: keyof Policy; readonly effect: PolicyEffect }

type Compare = (before: Policy, after: Policy) => PolicyEffect | null

const effectOf = (opens: boolean): PolicyEffect => (opens ? "opens" : "tightens")

/** For an option with an open and a shut position. */
function position<Option extends keyof Policy>(option: Option, open: Policy[Option]): Compare {
  return (before, after) => (before[option] === after[option] ? null : effectOf(after[option] === open))
}

/** For a list whose every entry lets in more. */
function entries(list: (policy: Policy) => readonly string[]): Compare {
  return (before, after) => {
    const gained = list(after).some((entry) => !list(before).includes(entry))
    const lost = list(before).some((entry) => !list(after).includes(entry))
    if (gained && lost) return "neither"
    return gained || lost ? effectOf(gained) : null
  }
}

/** For a cap of scopes; a cap that another one covers is the tighter of the two. */
function cap(scopes: (policy: Policy) => Scopes): Compare {
  return (before, after) => {
    const gained = !covers(scopes(before), scopes(after))
    const lost = !covers(scopes(after), scopes(before))
    if (gained && lost) return "neither"
    if (gained || lost) return effectOf(gained)
    return entries(scopes)(before, after) === null ? null : "neither"
  }
}

function duration(option: "pendingTtlMs" | "rejectHoldMs"): Compare {
  return (before, after) => (before[option] === after[option] ? null : "neither")
}

const silentCap = cap((policy) => policy.silentScopeCeiling ?? [])

const proxyCap: Compare = (before, after) => {
  const [was, is] = [before.trustedProxyUpgrade, after.trustedProxyUpgrade]
  if (was.enabled !== is.enabled) return effectOf(is.enabled)
  const effect = cap((policy) => policy.trustedProxyUpgrade.scopes)(before, after)
  return is.enabled || effect === null ? effect : "neither"
}

const compare: Record<keyof Policy, Compare> = {
  autoApproveLocal: position("autoApproveLocal", true),
  localPairing: position("localPairing", "silent"),
  localScopeUpgrade: position("localScopeUpgrade", "silent"),
  browserScopeUpgrade: position("browserScopeUpgrade", "first-party"),
  roleUpgrade: position("roleUpgrade", "local-silent"),
  pairedUpgrade: position("pairedUpgrade", "same-key-auto"),
  silentAuthKinds: entries((policy) => policy.silentAuthKinds),
  silentScopeCeiling: (before, after) => {
    const [was, is] = [before.silentScopeCeiling, after.silentScopeCeiling]
    if ((was === null) !== (is === null)) return effectOf(is === null)
    return silentCap(before, after)
  },
  tsNetHostIsLocal: position("tsNetHostIsLocal", true),
  firstPartyOrigins: entries((policy) => policy.firstPartyOrigins),
  nodeAutoApproveCidrs: entries((policy) => policy.nodeAutoApproveCidrs),
  trustedProxyUpgrade: proxyCap,
  legacyRecords: position("legacyRecords", "baseline"),
  pendingTtlMs: duration("pendingTtlMs"),
  rejectHoldMs: duration("rejectHoldMs"),
  localCliWithoutDevice: position("localCliWithoutDevice", "allow"),
  metadataPinning: position("metadataPinning", "off"),
  roleUpgradeApproval: position("roleUpgradeApproval", "anywhere"),
  graveGrantNote: position("graveGrantNote", "optional"),
}

/** Every option of a policy, in the order in which people read them (A.3). */
export const policyOptions: readonly (keyof Policy)[] = [
  "autoApproveLocal",
  "localPairing",
  "localScopeUpgrade",
  "silentAuthKinds",
  "silentScopeCeiling",
  "tsNetHostIsLocal",
  "localCliWithoutDevice",
  "browserScopeUpgrade",
  "firstPartyOrigins",
  "roleUpgrade",
  "roleUpgradeApproval",
  "graveGrantNote",
  "pairedUpgrade",
  "metadataPinning",
  "legacyRecords",
  "nodeAutoApproveCidrs",
  "trustedProxyUpgrade",
  "pendingTtlMs",
  "rejectHoldMs",
]

/**
 * The options in which two policies differ, each with what the change does: `opens` when more can come in without
 * a person than before, `tightens` when less can, `neither` for durations and for lists that gain and lose. Order
 * and repeats within lists make no difference.
 * Source: policy options of scenarios A.3.
 */
export function policyChanges(before: Policy, after: Policy): readonly PolicyChange[] {
  return policyOptions.flatMap((option) => {
    const effect = compare[option](before, after)
    return effect === null ? [] : [{ option, effect }]
  })
}
