import type { Policy } from "@/lib/pairing/types"

type Section = { readonly title: string; readonly about: string; readonly options: readonly (keyof Policy)[] }

/** The options in the order in which people decide them. */
export const sections: readonly Section[] = [
  {
    title: "On this machine",
    about: "What happens when something on the machine itself connects.",
    options: [
      "autoApproveLocal",
      "localPairing",
      "localScopeUpgrade",
      "silentAuthKinds",
      "silentScopeCeiling",
      "tsNetHostIsLocal",
      "localCliWithoutDevice",
    ],
  },
  {
    title: "Pages in a browser",
    about: "A browser on this machine is local too, whatever page it shows.",
    options: ["browserScopeUpgrade", "firstPartyOrigins"],
  },
  {
    title: "Roles and known devices",
    about: "What a device that is paired already may become.",
    options: [
      "roleUpgrade",
      "roleUpgradeApproval",
      "graveGrantNote",
      "pairedUpgrade",
      "metadataPinning",
      "legacyRecords",
    ],
  },
  {
    title: "From the network",
    about: "What may come in silently from elsewhere. Nothing does unless it is listed here.",
    options: ["nodeAutoApproveCidrs", "trustedProxyUpgrade"],
  },
  {
    title: "Time limits",
    about: "How long things wait and how long they hold.",
    options: ["pendingTtlMs", "rejectHoldMs"],
  },
]
