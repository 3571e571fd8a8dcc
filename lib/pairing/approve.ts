import { actsOnOwnOrAny, missingAuthority } from "./authority"
import { ceilingOf, currentScopes, hasRole, isRevoked, withDevice } from "./device"
import { differenceOf, needsConfirmation, outcomeOf } from "./difference"
import { digestText } from "./digest"
import { endsAfter, withoutEnded, withRoleEnd } from "./ends"
import { approvedNode, commandsBeyond, stillApproved } from "./node-commands"
import { isLive } from "./requests"
import { cleanScopes, covers, cutTo, malformed, ofRole, uncovered, union } from "./scopes"
import { issueToken } from "./tokens"
import type { Authority, Device, DeviceRecord, Hold, PendingRequest, Policy, Refused, Scopes } from "./types"

export type Approval = {
  readonly ok: true
  readonly next: DeviceRecord
  readonly request: PendingRequest
  /** What the approval added to the ceiling. */
  readonly added: Scopes
  /** The asked scopes that were not granted and are withheld from now on. */
  readonly withheld: Scopes
  /** The last instant of what it added; null for good, and where it added neither scopes nor the role. */
  readonly untilMs: number | null
  /** Scopes of the new token. */
  readonly tokenScopes: Scopes
  /** True when a record with another key was replaced; nothing of it was inherited. */
  readonly replacedKey: boolean
  /** Requests of a replaced key, which end with its record. */
  readonly dropped: readonly string[]
}

export type ApproveInput = {
  readonly requestId: string
  readonly authority: Authority
  /** Where the decision is made; `console` also satisfies a policy that keeps role upgrades there. */
  readonly from: "console" | "wire"
  /** The part of what was asked that is granted; everything when left out. Approved scopes come along always. */
  readonly grant?: Scopes | undefined
  /** The last instant of what the approval adds, or brings back with its role; null or left out, it is for good. */
  readonly untilMs?: number | null | undefined
  /** False for one of several, about which nobody was asked by itself. */
  readonly isConfirmed?: boolean | undefined
  /** There is something to mind about it that the approver was not shown. */
  readonly isWarned?: boolean | undefined
  /** What the approver noted for the record. */
  readonly note?: string | null | undefined
  /** The digest of what the admin was shown; left out over the wire, where approval binds by id. */
  readonly shown?: { readonly digest: string; readonly hash: (text: string) => string } | undefined
  readonly policy: Policy
  readonly nowMs: number
  readonly freshTokenId: string
}

/**
 * Approves a request, whole or in part. The ceiling grows by what is granted, never by more than was asked; what
 * is left out is withheld; granted scopes lose their mark. The role's token becomes what it held (if it was not
 * revoked) plus what is granted, and replaces the old one without stranding its device. The commands that a node
 * was shown with are approved with it. Rejections of what is approved end. Another key replaces the record and
 * inherits nothing. An end that it names is the one of the scopes and of the role that it adds; what was approved before
 * keeps its own, or none, while the role is in force. With a role that comes back, what is granted lasts as chosen.
 * Refuses with `not-found` (unknown or expired), `blocked`, `not-own-device`, `own-role-upgrade` (also for a first
 * pairing: the session is older than its device), `own-commands` (a device session gives its own node more of them),
 * `approver-missing-scope`, `request-changed` (the digest names something else), `grant-outside-request`,
 * `end-passed`, and for a grant that needs confirmation `not-confirmed` and `note-required` (by the policy); a refusal
 * changes nothing.
 * Source: rulings R4, R12, R13, R15, R16, R22, R23; design, Digest, Time-boxed grants; docs/decisions/023.
 */
export function approve(stored: DeviceRecord, input: ApproveInput): Approval | Refused {
  const { authority, policy, nowMs, untilMs = null } = input
  const record = withoutEnded(stored, nowMs)
  const request = record.requests.find((waiting) => waiting.requestId === input.requestId)
  if (request === undefined || !isLive(request, policy, nowMs)) return { ok: false, because: "not-found" }
  const { role } = request

  const device = record.device?.publicKey === request.publicKey ? record.device : null
  const isNew = device === null || !hasRole(device, role)
  const isUpgrade = isNew && record.device !== null
  if (record.blockedKeys.includes(request.publicKey)) return { ok: false, because: "blocked" }
  if (isNew && authority.deviceId === request.deviceId) return { ok: false, because: "own-role-upgrade" }
  const node = approvedNode(device, request)
  const moreCommands =
    role === "node" ? commandsBeyond(stillApproved(device, request.metadata), node.approvedCommands ?? []) : []
  if (moreCommands.length > 0 && authority.deviceId === request.deviceId) return { ok: false, because: "own-commands" }
  if (!actsOnOwnOrAny(authority, request.deviceId)) return { ok: false, because: "not-own-device" }
  if (isUpgrade && input.from === "wire" && policy.roleUpgradeApproval === "console") {
    return { ok: false, because: "approver-missing-scope", missing: [] }
  }

  const before = device === null ? [] : ceilingOf(device, policy)
  const already = device === null ? [] : request.scopes.filter((scope) => covers(before, [scope]))
  const granted = input.grant === undefined ? request.scopes : union(already, input.grant)
  const odd = input.grant === undefined ? [] : malformed(cleanScopes(input.grant), [role])
  const outside = union(odd, uncovered(request.scopes, granted))
  if (outside.length > 0) return { ok: false, because: "grant-outside-request", missing: outside }
  if (untilMs !== null && untilMs <= nowMs) return { ok: false, because: "end-passed" }

  const ceiling = union(before, granted)
  const held = device === null ? [] : cutTo(ceiling, currentScopes(device, role))
  const tokenScopes = ofRole(union(held, granted), role)
  const lacking = missingAuthority(authority, role, tokenScopes, "approver-missing-scope")
  if (lacking !== null) return lacking
  if (input.shown !== undefined && input.shown.hash(digestText(record, request)) !== input.shown.digest) {
    return { ok: false, because: "request-changed" }
  }
  if (input.isWarned) return { ok: false, because: "warned-since" }

  const replacedKey = record.device !== null && device === null
  const { dangerous } = outcomeOf(differenceOf(record, request, policy).scopes, granted)
  const isGrave = needsConfirmation({ reason: request.reason, role, replacesKey: replacedKey, dangerous })
  if (isGrave && input.isConfirmed === false) return { ok: false, because: "not-confirmed" }
  if (isGrave && policy.graveGrantNote === "required" && (input.note ?? "").trim() === "") {
    return { ok: false, because: "note-required" }
  }

  const declined = uncovered(ceiling, request.scopes)
  const added = uncovered(before, granted)
  const newUntilMs = isNew || added.length > 0 ? untilMs : null
  const token = issueToken(device, {
    role,
    scopes: tokenScopes,
    tokenId: input.freshTokenId,
    nowMs,
    narrowedAway: device !== null && !isRevoked(device.tokens[role]) ? (device.tokens[role]?.narrowedAway ?? []) : [],
    delivered: false,
    replaced: { kind: "keep" },
  })
  const approved: Device = {
    deviceId: request.deviceId,
    publicKey: request.publicKey,
    roles: device === null ? [role] : device.roles.includes(role) ? device.roles : [...device.roles, role],
    approvedScopes: ceiling,
    legacyScopes: device?.legacyScopes ?? null,
    withheld: uncovered(ceiling, union(device?.withheld ?? [], declined)),
    silentScopes: uncovered(granted, device?.silentScopes ?? []),
    ends: withRoleEnd(endsAfter(device, { before, ceiling, untilMs, renewed: isNew ? granted : [] }), role, {
      isNew,
      isMore: added.length > 0,
      untilMs,
    }),
    tokens: { ...device?.tokens, [role]: token },
    metadata: request.metadata,
    ...node,
    approvedVia: "person",
    pairedAtMs: device?.pairedAtMs ?? nowMs,
    approvedAtMs: nowMs,
    revision: record.device?.revision ?? 0,
  }

  // What the replaced key still asks was asked of its own record, which is gone.
  const isDropped = (waiting: PendingRequest) => replacedKey && waiting.publicKey !== request.publicKey
  const others = record.requests.filter((waiting) => waiting !== request)
  const requests = others.filter((waiting) => !isDropped(waiting))
  const holds = record.holds.filter((hold) => !isOverruled(hold, request, approved))
  return {
    ok: true,
    next: withDevice({ ...record, requests, holds }, approved),
    request,
    added,
    withheld: declined,
    untilMs: newUntilMs,
    tokenScopes,
    replacedKey,
    dropped: others.filter(isDropped).map((waiting) => waiting.requestId),
  }
}

/** Whether an earlier rejection refuses what is approved now, so that it must not come back if the role ends. */
export function isOverruled(
  hold: Hold,
  { publicKey, role }: Pick<PendingRequest, "publicKey" | "role">,
  approved: Device,
): boolean {
  return (
    hold.publicKey === publicKey &&
    hold.role === role &&
    covers(approved.approvedScopes ?? [], hold.scopes) &&
    (role !== "node" || commandsBeyond(approved.approvedCommands ?? [], hold.commands).length === 0)
  )
}
