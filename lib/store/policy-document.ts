import { z } from "zod"
import type { Policy } from "@/lib/pairing/types"

const switches = z.object({
  autoApproveLocal: z.boolean(),
  localPairing: z.enum(["silent", "manual"]),
  localScopeUpgrade: z.enum(["silent", "manual"]),
  browserScopeUpgrade: z.enum(["first-party", "never"]),
  roleUpgrade: z.enum(["manual", "local-silent"]),
  pairedUpgrade: z.enum(["manual", "same-key-auto"]),
  silentAuthKinds: z.array(z.enum(["none", "token", "password", "device-token", "trusted-proxy"])),
  silentScopeCeiling: z.array(z.string()).nullable(),
  tsNetHostIsLocal: z.boolean(),
  firstPartyOrigins: z.array(z.string()),
  nodeAutoApproveCidrs: z.array(z.string()),
  trustedProxyUpgrade: z.object({ enabled: z.boolean(), scopes: z.array(z.string()) }),
  legacyRecords: z.enum(["baseline", "re-pair"]),
  pendingTtlMs: z.number(),
  rejectHoldMs: z.number(),
  localCliWithoutDevice: z.enum(["allow", "refuse"]),
  metadataPinning: z.enum(["off", "all"]),
  roleUpgradeApproval: z.enum(["anywhere", "console"]),
  // Documents from before this option knew no notes that were required.
  graveGrantNote: z.enum(["optional", "required"]).default("optional"),
})

/** The shape of a policy from outside: every option, and nothing else. What it may mean is `policyProblems`. */
export const policySchema: z.ZodType<Policy> = switches.strict()

/** The policy of a stored document. Throws when the document is not one, so that no default opens a lane. */
export function parsePolicy(document: string): Policy {
  return policySchema.parse(JSON.parse(document))
}
