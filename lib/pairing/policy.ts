import type { Policy } from "./types"

/**
 * The preset `seed`, and what a fresh store starts with: local clients come in and widen their scopes silently,
 * roles never. Durations in milliseconds. `firstPartyOrigins` is filled with the gateway's own loopback origins
 * where the policy is loaded.
 * Source: the two seed changes; scenarios A.3.
 */
export const seedPolicy: Policy = {
  autoApproveLocal: true,
  localPairing: "silent",
  localScopeUpgrade: "silent",
  browserScopeUpgrade: "first-party",
  roleUpgrade: "manual",
  pairedUpgrade: "manual",
  silentAuthKinds: ["none", "token", "password"],
  silentScopeCeiling: null,
  tsNetHostIsLocal: true,
  firstPartyOrigins: [],
  nodeAutoApproveCidrs: [],
  trustedProxyUpgrade: { enabled: false, scopes: ["operator.read", "operator.write", "operator.approvals"] },
  legacyRecords: "baseline",
  pendingTtlMs: 300_000,
  rejectHoldMs: 86_400_000,
  localCliWithoutDevice: "allow",
  metadataPinning: "off",
  roleUpgradeApproval: "anywhere",
  graveGrantNote: "optional",
}

/** The preset `hardened`: advice for a gateway behind a proxy or bound wider than loopback (A.3). */
export const hardenedPolicy: Policy = {
  ...seedPolicy,
  localScopeUpgrade: "manual",
  browserScopeUpgrade: "never",
  tsNetHostIsLocal: false,
  localCliWithoutDevice: "refuse",
  roleUpgradeApproval: "console",
}

/** The presets by name (A.3). */
export const policyPresets = { seed: seedPolicy, hardened: hardenedPolicy } as const
