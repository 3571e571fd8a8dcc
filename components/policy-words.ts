import type { PolicyProblem } from "@/lib/pairing/policy-check"
import type { Policy, Scopes } from "@/lib/pairing/types"

type OptionWords = { label: string; what: string; risk: string | null }

/** What each option does, in the words of the person who has to decide it, and what it costs. */
export const policyWords: Record<keyof Policy, OptionWords> = {
  autoApproveLocal: {
    label: "Let clients of this machine in by themselves",
    what: "The main switch of everything that happens silently on this machine. Off, a person decides every first pairing and every further scope.",
    risk: "On, any program here that has the shared token can pair.",
  },
  localPairing: {
    label: "First pairing on this machine",
    what: "What happens when a device that was never paired connects from this machine.",
    risk: "Silently, the device gets every scope it asks for at its first connect, unless a cap is set below.",
  },
  localScopeUpgrade: {
    label: "More scopes on this machine",
    what: "What happens when a paired device asks for further scopes from this machine. Never covers a new role.",
    risk: "Silently, a program that was paired to read can make itself admin with nobody watching. It is recorded as silent and can be taken back.",
  },
  silentAuthKinds: {
    label: "Ways to prove it that count",
    what: "How a client must have authenticated to come in silently.",
    risk: "A device token proves only that this device was here before. Counting it, a token that leaked on this machine can widen itself.",
  },
  silentScopeCeiling: {
    label: "The most that is given silently",
    what: "A cap on what any silent lane grants, first pairings and further scopes alike. A wider ask gets what lies under the cap; the rest waits for a person.",
    risk: "Without a cap, a local client gets what it asks for, operator.admin included.",
  },
  tsNetHostIsLocal: {
    label: "A .ts.net host name counts as this machine",
    what: "Tailscale Serve hands connections on from loopback under such a name. On, they count as local.",
    risk: "Leave it off where Tailscale Serve is not used: a client on this machine chooses the name it connects to.",
  },
  localCliWithoutDevice: {
    label: "The command line of this machine without a device",
    what: "The openclaw command-line tool sends no device when it connects to loopback. Allowed, it acts as the owner of the machine for that connection.",
    risk: "Allowed, whoever has the shared token on this machine can approve devices from the command line. Refused, the tool needs to be paired.",
  },
  browserScopeUpgrade: {
    label: "Pages in a browser",
    what: "Whether a page of the gateway itself may be let in, or get more, silently. Pages of other origins never are.",
    risk: "A page can be made to ask by whoever can put a script into it. Leaving it to a person is the safe answer.",
  },
  firstPartyOrigins: {
    label: "Origins that count as the gateway's own pages",
    what: "Pages of these origins are treated like local clients. Every other page waits for a person.",
    risk: "Whoever controls a page of a listed origin can pair silently through a browser on this machine.",
  },
  roleUpgrade: {
    label: "A new role",
    what: "What happens when an operator asks to be a node too, or a node to be an operator.",
    risk: "Silent, a program crosses the line between using the gateway and running commands for it. A role that was revoked still needs a person.",
  },
  roleUpgradeApproval: {
    label: "Where a new role may be approved",
    what: "In this console only, or also by a client with the authority for it, such as the command line.",
    risk: "Anywhere, a stolen admin session of another device can approve a role. No device ever approves its own.",
  },
  graveGrantNote: {
    label: "A note with grave grants",
    what: "Whether approving a dangerous scope, a new role, a node or another key takes a note for the record.",
    risk: "Required, such a grant is given in this console only: clients that approve over the wire cannot send a note and are refused.",
  },
  pairedUpgrade: {
    label: "More scopes for paired devices, from anywhere",
    what: "Whether a device with a known key may get further scopes without a person, wherever it connects from.",
    risk: "With it, a stolen device that may only read makes itself admin from anywhere. For closed networks only.",
  },
  metadataPinning: {
    label: "When a device reports another platform",
    what: "Recorded in its history, or held back until a person approves the change.",
    risk: "Held back, devices wait after a system update. Whoever copies a key can copy a platform as well.",
  },
  legacyRecords: {
    label: "Records from before approved scopes existed",
    what: "Old records list scopes, but not which were approved. They can count as approved, or every such device asks again.",
    risk: null,
  },
  nodeAutoApproveCidrs: {
    label: "Networks from which new nodes come in silently",
    what: "A device that was never paired, asks to be a node, asks for no scopes and is no browser comes in without a person from these addresses. Nothing else does.",
    risk: "Everything in such a network that knows the shared token can become a node.",
  },
  trustedProxyUpgrade: {
    label: "More scopes for people whom an identity proxy signed in",
    what: "A paired operator whose user was authenticated by the proxy gets further scopes up to this cap. Asking for more is no error; it gets the rest.",
    risk: "The proxy then decides who may widen a device. With operator.admin in the cap, it decides who is admin.",
  },
  pendingTtlMs: {
    label: "A request waits for",
    what: "Counted from the last time the device tried. A device that keeps trying keeps its request.",
    risk: null,
  },
  rejectHoldMs: {
    label: "A rejection holds for",
    what: "So long, the same or a narrower ask of that device is refused without a new request. Reopening ends it early.",
    risk: null,
  },
}

type Choices = {
  [Option in keyof Policy as string extends Policy[Option]
    ? never
    : Policy[Option] extends string
      ? Option
      : never]: Record<Policy[Option] & string, string>
}

/** The positions of the options that have some, the tighter one last. */
export const policyChoices: Choices = {
  localPairing: { silent: "Silently", manual: "A person decides" },
  localScopeUpgrade: { silent: "Silently", manual: "A person decides" },
  browserScopeUpgrade: { "first-party": "Silently for own pages", never: "A person decides" },
  roleUpgrade: { "local-silent": "Silently on this machine", manual: "A person decides" },
  roleUpgradeApproval: { anywhere: "Anywhere", console: "In the console only" },
  graveGrantNote: { optional: "Optional", required: "Required" },
  pairedUpgrade: { "same-key-auto": "Silently with the same key", manual: "A person decides" },
  metadataPinning: { off: "Record it", all: "A person decides" },
  legacyRecords: { baseline: "Count as approved", "re-pair": "Ask again" },
  localCliWithoutDevice: { allow: "Allow", refuse: "Refuse" },
}

export const authKindWords: Record<Policy["silentAuthKinds"][number], string> = {
  none: "None needed",
  token: "Shared token",
  password: "Password",
  "device-token": "Device token",
  "trusted-proxy": "Identity proxy",
}

/** A duration as a person would say it: "5 minutes", "1 day", "1 h 30 min". */
export function durationWords(durationMs: number): string {
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
    ["second", 1_000],
  ] as const
  for (const [name, sizeMs] of units) {
    if (durationMs >= sizeMs && durationMs % sizeMs === 0) {
      const count = durationMs / sizeMs
      return `${count} ${name}${count === 1 ? "" : "s"}`
    }
  }
  return durationMs === 0 ? "not at all" : `${(durationMs / 60_000).toFixed(1)} minutes`
}

const listWords = (list: readonly string[], none: string) => (list.length === 0 ? none : list.join(", "))
const capWords = (scopes: Scopes) => listWords(scopes, "nothing")

const values: { [Option in keyof Policy]: (value: Policy[Option]) => string } = {
  autoApproveLocal: (value) => (value ? "On" : "Off"),
  localPairing: (value) => policyChoices.localPairing[value],
  localScopeUpgrade: (value) => policyChoices.localScopeUpgrade[value],
  silentAuthKinds: (value) =>
    listWords(
      value.map((kind) => authKindWords[kind]),
      "none at all",
    ),
  silentScopeCeiling: (value) => (value === null ? "No cap" : capWords(value)),
  tsNetHostIsLocal: (value) => (value ? "On" : "Off"),
  localCliWithoutDevice: (value) => policyChoices.localCliWithoutDevice[value],
  browserScopeUpgrade: (value) => policyChoices.browserScopeUpgrade[value],
  firstPartyOrigins: (value) => listWords(value, "none but the gateway's own"),
  roleUpgrade: (value) => policyChoices.roleUpgrade[value],
  roleUpgradeApproval: (value) => policyChoices.roleUpgradeApproval[value],
  graveGrantNote: (value) => policyChoices.graveGrantNote[value],
  pairedUpgrade: (value) => policyChoices.pairedUpgrade[value],
  metadataPinning: (value) => policyChoices.metadataPinning[value],
  legacyRecords: (value) => policyChoices.legacyRecords[value],
  nodeAutoApproveCidrs: (value) => listWords(value, "none"),
  trustedProxyUpgrade: (value) => `${value.enabled ? "On" : "Off"}, up to ${capWords(value.scopes)}`,
  pendingTtlMs: durationWords,
  rejectHoldMs: durationWords,
}

/** The value of one option of a policy, as it stands on the page. */
export function policyValueWords<Option extends keyof Policy>(option: Option, policy: Policy): string {
  return values[option](policy[option])
}

/** The plain value of an option, as an audit entry keeps it, in the words of the page. */
export function policyTextWords(option: keyof Policy, value: string | number | boolean | null): string {
  if (value === null) return option === "silentScopeCeiling" ? "No cap" : "none"
  if (typeof value === "boolean") return value ? "On" : "Off"
  if (typeof value === "number") return durationWords(value)
  const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = policyChoices
  return choices[option]?.[value] ?? value
}

export const problemWords: Record<PolicyProblem["because"], string> = {
  "not-a-range": "is no address and no range such as 192.168.1.0/24",
  "range-too-wide": "is every address there is",
  "not-an-origin": "is no origin such as https://gate.example",
  "not-a-scope": "is no scope such as operator.read",
  "out-of-limits": "is too short or too long",
}
