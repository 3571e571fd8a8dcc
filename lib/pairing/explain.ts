import type { LeftOut } from "./bulk"
import type { AllowReason, Decision, LocalityObservation, ManualReason, RejectReason } from "./decision"
import { firedRule, placeSpeaks } from "./fired-rule"
import type { Lane, LockoutLoss, PairingReason, Refusal } from "./types"

/** One observed fact beside a decision: `for` speaks for letting in by itself, `against` is what prevented it. */
export type Observation = { readonly speaks: "for" | "against" | "neither"; readonly text: string }

/** What a person reads about a decision, in the console and in the refusal. Plain text; names are not included. */
export type Explanation = {
  /** A few words, for badges and close reasons. */
  readonly title: string
  /** One or two sentences. */
  readonly sentence: string
  readonly observations: readonly Observation[]
}

/** A few words for what a connect lacked (R1). */
export const pairingReasonTitles: Record<PairingReason, string> = {
  "not-paired": "New device",
  "metadata-upgrade": "Changed device",
  "role-upgrade": "New role",
  "scope-upgrade": "More scopes",
}

/** What a connect lacked (R1). */
export const pairingReasonSentences: Record<PairingReason, string> = {
  "not-paired": "This key was never paired.",
  "metadata-upgrade": "This device is paired, but what it reports of itself is not what was approved.",
  "role-upgrade": "This device is paired, but not for the role it asks for.",
  "scope-upgrade": "This device is paired and asks for scopes that nobody has approved for it.",
}

/** Why a person decides, and no lane of the policy (A.3). */
export const manualReasonSentences: Record<ManualReason, string> = {
  "not-local": "It does not connect from this machine, so a person decides.",
  "foreign-page": "It connects from a web page of another origin, and such pages are never let in silently.",
  "page-manual": "It connects from a web page, and the policy lets no page in silently.",
  "auth-kind": "It authenticated by a credential that the policy does not let widen anything silently.",
  "local-approval-off": "Silent approval of local clients is switched off.",
  "local-pairing-manual": "The policy asks a person about every new device, local ones too.",
  "local-scope-upgrade-manual": "The policy asks a person about more scopes, for local clients too.",
  "role-upgrade-manual": "A person decides about every new role, wherever it is asked from.",
  "role-revoked": "A person revoked this role, and only a person brings it back.",
  "other-key": "This device id is known with another key, and a new key is never accepted silently.",
  "metadata-changed": "Platform and device family are pinned, so a person looks at the change.",
  "above-silent-ceiling": "What it asks lies above what the policy grants silently.",
  withheld: "A person withheld what this would bring back.",
  "grant-ended": "A person granted this for a time only, so a person decides about more of it.",
  "node-commands": "A gateway runs commands on nodes, so a person decides which ones this node may offer.",
}

/** Why a connect was refused (R4, R9, R18, R21). */
export const rejectSentences: Record<RejectReason, string> = {
  unauthorized: "The shared secret is missing or wrong.",
  "device-required": "A device identity is required.",
  "invalid-role": "The role must be operator or node.",
  "invalid-scope": "A scope is malformed or does not belong to the role that was asked.",
  blocked: "An admin blocked this device.",
  rejected: "An admin rejected this request.",
  "token-mismatch": "The device token is not the one in force.",
  "token-revoked": "An admin revoked the device token.",
  "token-scope-mismatch": "The device token does not hold every scope that was asked.",
  "device-not-paired": "The device token belongs to no paired device.",
}

/** Why a connect was let in, and with what (R9, R12, R22). */
export const allowSentences: Record<AllowReason, string> = {
  "within-ceiling": "Everything it asks is approved.",
  "withheld-left-out": "A person withheld the rest of what it asks, so it came in with what is approved.",
  "commands-left-out": "It offers commands that nobody has approved, so it came in with those that are.",
  "narrowed-left-out": "Its token was narrowed, so it came in with what the token holds.",
  predecessor: "It came in with its replaced token and was handed the new one.",
  "proxy-cap": "The rest of what it asks lies above what the identity proxy may give.",
  "local-command-line": "The command-line tool of this machine, with the shared secret.",
  "remote-command-line": "The command-line tool seen as remote: let in without any scope.",
  probe: "The command-line tool asking whether the gateway answers: let in without any scope.",
}

/** By which lane of the policy a connect was let in (A.3). */
export const laneSentences: Record<Lane, string> = {
  local: "Approved silently, because it connects from this machine.",
  "node-cidr": "Approved silently, because the policy trusts new nodes from its address range.",
  "same-key": "Approved silently, because the policy lets paired devices widen their scopes.",
  "identity-proxy": "Approved silently, because the identity proxy vouches for its user.",
}

/** Why a command of a person or a program was refused (R10, R13, R23). */
export const refusalSentences: Record<Refusal, string> = {
  "not-found": "There is no such request waiting any more.",
  "already-resolved": "Somebody else was faster.",
  "request-changed": "The request changed since it was shown, so nothing was approved.",
  "rights-changed": "What the device may do changed since it was shown, so nothing was done.",
  "approver-missing-scope": "Approving this takes scopes that the approver does not hold.",
  "caller-missing-scope": "This takes scopes that the caller does not hold.",
  "note-required": "The policy wants a note with a grant like this one.",
  "not-confirmed": "This hands over so much that it is confirmed by itself, and it was not.",
  "warned-since": "There is something to mind about it since it was shown, so it was not approved. Look at it again.",
  "caller-rights-ended": "The rights of the session that asked ended before it was done.",
  "not-own-device": "A device may only act on itself.",
  "own-role-upgrade": "A device may not approve a new role for itself.",
  "own-commands": "A device may not approve more commands for itself.",
  "own-end": "A device may not extend the time of its own rights.",
  "end-passed": "That end is over already.",
  "grant-ended": "Its time is over, so there is nothing to extend. If the device asks again, approve that.",
  "grant-outside-request": "More was granted than was asked.",
  "unknown-device-or-role": "There is no such device, or it was never approved for that role.",
  "missing-approved-baseline": "Nothing was ever approved for this device, so there is nothing to rotate within.",
  "scope-outside-approved-baseline": "That lies outside the approved scopes. To give more, approve it.",
  "token-revoked": "The token is revoked. Only an approval brings the role back.",
  "malformed-scope": "That is no scope, or not one of this role.",
  "would-lock-out":
    "This would cut off the last way to do something. The page of the device names it, asks again, and does it then.",
  "nothing-to-change": "That is how it is already.",
  "too-many-tags": "A device takes no more than twelve tags.",
  "still-connected": "It is connected now, so it is in use.",
  "another-machine": "It reports another name, platform or client by now.",
  blocked: "This key is blocked. Unblock it first.",
}

/** Why a request is left out where several are decided at once, and is confirmed by itself. */
export const leftOutSentences: Record<LeftOut, string> = {
  dangerous: "It would be given what hands over the gateway itself.",
  "role-upgrade": "It is paired, and would take on a new role.",
  "role-revoked": "A person revoked this role, and this would bring it back.",
  "new-node": "As a node it lets the gateway run commands on its machine.",
  "new-commands": "It offers commands that nobody has approved.",
  "metadata-upgrade": "What it reports of itself is not what was approved.",
  "other-key": "It would take the place of a paired device, with another key.",
  replaced: "It asks for something else than when it was selected.",
  "rights-changed": "What it may do already changed since it was selected.",
  "says-otherwise": "In its latest try it said otherwise of itself than what is asked here.",
  warned: "There is something to mind first.",
}

/** What would stop working, before a command that a person is asked about twice. */
export const lockoutSentences: Record<LockoutLoss, string> = {
  "last-admin":
    "This is the last device whose token holds operator.admin. No device could then do everything; this console still can.",
  "last-pairing":
    "This is the last device that can decide about others. Requests could then be approved in this console only, not with the command-line tool.",
  "own-device": "It is connected from the address that you are working from, so it may be the device before you.",
}

/** Why a device is kept when several are cut off at once. */
export const keptSentences: Record<LockoutLoss, string> = {
  "last-admin": "it is the last device whose token holds admin",
  "last-pairing": "it is the last device that can decide about others",
  "own-device": "it is connected from the address that you are working from",
}

/** The observation that decided locality, in words that name it (R5). */
export function explainLocality(because: LocalityObservation): string {
  switch (because.kind) {
    case "loopback":
      return `peer ${because.address} is loopback, Host ${because.host} is this machine`
    case "peer-unreadable":
      return "the peer address cannot be read"
    case "peer-not-loopback":
      return `peer ${because.address} is not loopback`
    case "declared-proxy":
      return because.client === null
        ? `came through the declared proxy ${because.address}, client unknown`
        : `came through the declared proxy ${because.address} from ${because.client}`
    case "declared-proxy-without-header":
      return `peer ${because.address} is a declared proxy but sent no forwarding header`
    case "forwarding-header":
      return `header ${because.header} from a peer that is no declared proxy`
    case "host-missing":
      return "no Host header"
    case "host-not-local":
      return `Host ${because.host} is not this machine`
    case "ts-net-switched-off":
      return `Host ${because.host} is a tailnet name, which the policy does not count as local`
    case "foreign-page":
      return `web page of ${because.origin}, which is not the gateway's own`
  }
}

/**
 * What a person reads about a decision. Every reason has its sentence, by construction of the tables above; the
 * observations name the fact that decided locality, and the rule of the policy that fired.
 * Source: design, "Facts in, decision out".
 */
export function explain(decision: Decision): Explanation {
  const place: Observation = { speaks: placeSpeaks(decision), text: explainLocality(decision.locality.because) }
  const rule = firedRule(decision)
  const observations = rule === null ? [place] : [place, rule]
  switch (decision.kind) {
    case "allow":
      return { title: "Let in", sentence: allowSentences[decision.reason], observations }
    case "silent-approve":
      return { title: "Approved silently", sentence: laneSentences[decision.lane], observations }
    case "pending":
      return {
        title: pairingReasonTitles[decision.reason],
        sentence: `${pairingReasonSentences[decision.reason]} ${manualReasonSentences[decision.manual]}`,
        observations,
      }
    case "reject":
      return { title: "Refused", sentence: rejectSentences[decision.reason], observations }
  }
}

const scopeMeanings: Readonly<Record<string, string>> = {
  "operator.admin": "Everything an operator can do, also pairing other devices",
  "operator.read": "See sessions, messages and settings",
  "operator.write": "Send messages and change sessions; includes read",
  "operator.sessions.read": "See sessions",
  "operator.sessions.write": "Change sessions",
  "operator.talk": "Speak and listen",
  "operator.talk.secrets": "Use the secrets of speech providers",
  "operator.approvals": "Answer requests to run commands",
  "operator.questions": "Answer questions that agents ask",
  "operator.pairing": "Decide about other devices within its own scopes",
}

/** What a scope lets its holder do, in a few words; null for scopes that this release does not know (R3). */
export function scopeInWords(scope: string): string | null {
  return Object.hasOwn(scopeMeanings, scope) ? (scopeMeanings[scope] ?? null) : null
}

/** The scopes that this release has words for, the narrower ones of a wide one among them (R3). */
export const knownScopes: readonly string[] = Object.keys(scopeMeanings)
