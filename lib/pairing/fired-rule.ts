import type { AllowReason, Decision, ManualReason } from "./decision"
import type { Lane, PairingReason } from "./types"

// What of the policy kept every silent lane shut.
const manualRules: Record<ManualReason, string> = {
  "not-local": "no policy option lets it in from there",
  "foreign-page": "policy option firstPartyOrigins does not list its page",
  "page-manual": "policy option browserScopeUpgrade is never",
  "auth-kind": "policy option silentAuthKinds does not list its credential",
  "local-approval-off": "policy option autoApproveLocal is off",
  "local-pairing-manual": "policy option localPairing is manual",
  "local-scope-upgrade-manual": "policy option localScopeUpgrade is manual",
  "role-upgrade-manual": "policy option roleUpgrade is manual",
  "role-revoked": "no policy option brings a revoked role back",
  "other-key": "no policy option accepts another key",
  "metadata-changed": "policy option metadataPinning is all",
  "node-commands": "no policy option approves what a node offers",
  "above-silent-ceiling": "policy option silentScopeCeiling or trustedProxyUpgrade holds less",
  withheld: "no policy option brings back what was withheld",
  "grant-ended": "no policy option brings back what was granted for a time, nor outlives its end",
}

const laneRules: Record<Exclude<Lane, "local">, string> = {
  "node-cidr": "policy option nodeAutoApproveCidrs lists its address",
  "same-key": "policy option pairedUpgrade is same-key-auto",
  "identity-proxy": "policy option trustedProxyUpgrade is on",
}

const localRules: Record<PairingReason, string> = {
  "not-paired": "policy option localPairing is silent",
  "metadata-upgrade": "policy option metadataPinning is off",
  "role-upgrade": "policy option roleUpgrade is local-silent",
  "scope-upgrade": "policy option localScopeUpgrade is silent",
}

const allowRules: Partial<Record<AllowReason, string>> = {
  "proxy-cap": "policy option trustedProxyUpgrade is on",
  "local-command-line": "policy option localCliWithoutDevice is allow",
  "remote-command-line": "policy option localCliWithoutDevice is allow",
  probe: "policy option localCliWithoutDevice is allow",
}

/**
 * The rule of the policy that fired, where one did: for letting it in without a person, or against it.
 * Source: design, "Facts in, decision out".
 */
export function firedRule(decision: Decision): { readonly speaks: "for" | "against"; readonly text: string } | null {
  switch (decision.kind) {
    case "allow": {
      const text = allowRules[decision.reason]
      return text === undefined ? null : { speaks: "for", text }
    }
    case "silent-approve":
      return {
        speaks: "for",
        text: decision.lane === "local" ? localRules[decision.reason] : laneRules[decision.lane],
      }
    case "pending":
      return { speaks: "against", text: manualRules[decision.manual] }
    case "reject":
      return null
  }
}

/** Whether the place of the client spoke for or against it (R5); of a device with rights of its own it did neither. */
export function placeSpeaks(decision: Decision): "for" | "against" | "neither" {
  const { local } = decision.locality
  switch (decision.kind) {
    case "allow":
      if (decision.reason === "local-command-line") return "for"
      return decision.reason === "remote-command-line" ? "against" : "neither"
    case "silent-approve":
      return decision.lane === "local" ? "for" : "neither"
    case "pending":
      return local ? "for" : "against"
    case "reject":
      return "neither"
  }
}
