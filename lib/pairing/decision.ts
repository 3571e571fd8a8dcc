import type { DeviceRecord, Lane, PairingReason, PendingRequest, Role, Scopes } from "./types"

/** One observed fact that settled whether a connect is local. */
export type LocalityObservation =
  | { readonly kind: "loopback"; readonly address: string; readonly host: string }
  | { readonly kind: "peer-unreadable"; readonly address: string }
  | { readonly kind: "peer-not-loopback"; readonly address: string }
  | { readonly kind: "declared-proxy"; readonly address: string; readonly client: string | null }
  | { readonly kind: "declared-proxy-without-header"; readonly address: string }
  | { readonly kind: "forwarding-header"; readonly header: string }
  | { readonly kind: "host-missing" }
  | { readonly kind: "host-not-local"; readonly host: string }
  | { readonly kind: "ts-net-switched-off"; readonly host: string }
  | { readonly kind: "foreign-page"; readonly origin: string }

export type Locality = {
  readonly local: boolean
  /** The observation that decided it. */
  readonly because: LocalityObservation
  /** Best known address of the client; null when headers of an undeclared peer make it unknowable. */
  readonly clientAddress: string | null
  /** True when the client address was claimed through a declared proxy that dials from loopback. */
  readonly viaLoopbackProxy: boolean
}

/** Why no silent lane was open. One reason, the most telling one. */
export type ManualReason =
  | "not-local"
  | "foreign-page"
  | "page-manual"
  | "auth-kind"
  | "local-approval-off"
  | "local-pairing-manual"
  | "local-scope-upgrade-manual"
  | "role-upgrade-manual"
  | "role-revoked"
  | "other-key"
  | "metadata-changed"
  | "above-silent-ceiling"
  | "withheld"
  /** A person set an end to it, which a silent grant would undo or outlive. */
  | "grant-ended"
  /** A gateway behind this one runs the commands of nodes, so no silent lane covers them. */
  | "node-commands"

export type RejectReason =
  | "unauthorized"
  | "device-required"
  | "invalid-role"
  | "invalid-scope"
  | "blocked"
  | "rejected"
  | "token-mismatch"
  | "token-revoked"
  | "token-scope-mismatch"
  | "device-not-paired"

export type AllowReason =
  /** The ask lies within what is granted. */
  | "within-ceiling"
  /** Only withheld scopes are missing, so the rest is granted and nothing is filed (R22). */
  | "withheld-left-out"
  /** A node offers commands that no person approved, so it is served without those. */
  | "commands-left-out"
  /** The presented token was narrowed in the console, so the rest is granted. */
  | "narrowed-left-out"
  /** A replaced token opened the door for the last time, or until the new one is picked up. */
  | "predecessor"
  /** What is missing lies above the cap of the identity proxy, so the rest is granted. */
  | "proxy-cap"
  /** The command-line tool of this machine, which sends no device. */
  | "local-command-line"
  /** The same tool seen as remote: let in, may do nothing. */
  | "remote-command-line"
  /** Its probe, which only wants to know whether somebody answers: let in, may do nothing. */
  | "probe"

/** A request as a connect filed it, and the record with it. */
export type Filed = {
  readonly request: PendingRequest
  readonly filed: "new" | "refreshed"
  /** The request that this one replaces (R14). */
  readonly superseded: string | null
  readonly next: DeviceRecord
}

type Decided = { readonly locality: Locality; readonly role: Role; readonly asked: Scopes }

export type Allow = Decided & {
  readonly kind: "allow"
  readonly reason: AllowReason
  /** The scopes of this connection. */
  readonly granted: Scopes
  /** The asked scopes that were left out. */
  readonly leftOut: Scopes
  /** The commands that this connection may offer to the gateway behind this one. */
  readonly servedCommands: readonly string[]
  /** The request that a node's further commands filed beside the allow; null for any other allow. */
  readonly filed: Omit<Filed, "next"> | null
  /** Equal by identity to the record that went in when nothing is to be written. */
  readonly next: DeviceRecord
}

export type SilentApprove = Decided & {
  readonly kind: "silent-approve"
  readonly reason: PairingReason
  readonly lane: Lane
  readonly granted: Scopes
  readonly leftOut: Scopes
  readonly next: DeviceRecord
  /** Requests that this grant covers and that therefore end (R17). */
  readonly covered: readonly string[]
}

export type Pending = Decided &
  Filed & {
    readonly kind: "pending"
    readonly reason: PairingReason
    /** Which rule kept every silent lane shut. */
    readonly manual: ManualReason
    /** The asked scopes that the ceiling does not cover. */
    readonly missing: Scopes
    /** The missing ones that a person declined before. */
    readonly withheld: Scopes
  }

export type Reject = {
  readonly kind: "reject"
  readonly reason: RejectReason
  readonly locality: Locality
  readonly role: Role | null
  readonly asked: Scopes
  /** The scopes or the role that the refusal is about, for the sentence. */
  readonly missing: Scopes
}

/** The answer to a connect, always with its reason. */
export type Decision = Allow | SilentApprove | Pending | Reject

const provenBefore: Record<RejectReason, boolean> = {
  "invalid-role": false,
  "invalid-scope": false,
  unauthorized: false,
  "device-required": false,
  // Whatever a blocked key presents beside a guess does not make it less of one.
  blocked: false,
  "device-not-paired": false,
  "token-mismatch": false,
  "token-revoked": false,
  "token-scope-mismatch": true,
  rejected: true,
}

/** Whether the decision was only reached because the presented credential had proved good. */
export function provesCredential(decision: Decision): boolean {
  return decision.kind === "reject" ? provenBefore[decision.reason] : true
}
