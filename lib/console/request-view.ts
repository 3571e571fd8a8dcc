import { z } from "zod"
import { hasRole } from "@/lib/pairing/device"
import { differenceOf } from "@/lib/pairing/difference"
import { explainLocality, type Observation } from "@/lib/pairing/explain"
import { isSamePlatform, reachOf } from "@/lib/pairing/node-commands"
import { expiresAtMs } from "@/lib/pairing/requests"
import type { Device, DeviceRecord, Metadata, PairingReason, PendingRequest, Policy } from "@/lib/pairing/types"
import { type Circumstances, parseCircumstances, parseLatestMetadata } from "@/lib/store/circumstances"
import type { Prisma } from "@/lib/store/generated/sqlite/client"
import { digestOf } from "@/lib/store/request-digest"
import { type RequestStatus, requestStatuses } from "@/lib/store/request-status"
import { toCommands, toList, toRole } from "@/lib/store/rows"
import { actorKind } from "./audit-rows"
import type {
  Aftermath,
  ChangedClaim,
  CommandAsked,
  Ended,
  RequestView,
  ScopeEvent,
  Waiting,
  Warning,
} from "./request-types"
import { endsOf, roleStanding } from "./role-standing"

/** The columns of a request that its page shows. */
export const selectStoredRequest = {
  requestId: true,
  deviceId: true,
  publicKey: true,
  displayName: true,
  role: true,
  reason: true,
  scopes: true,
  status: true,
  clientId: true,
  clientMode: true,
  clientVersion: true,
  platform: true,
  deviceFamily: true,
  commands: true,
  latestMetadata: true,
  address: true,
  circumstances: true,
  filedAtMs: true,
  triedAtMs: true,
  tries: true,
  endedAtMs: true,
  endedByKind: true,
  endedByName: true,
  endNote: true,
  toldReason: true,
  granted: true,
  grantedUntilMs: true,
  withheld: true,
  supersededBy: true,
  heldUntilMs: true,
} as const satisfies Prisma.RequestSelect

type StoredRequest = Prisma.RequestGetPayload<{ select: typeof selectStoredRequest }>

type Beside = {
  readonly record: DeviceRecord
  readonly label: string | null
  /** Latest first. */
  readonly changes: readonly {
    readonly scope: string
    readonly change: string
    readonly atMs: number
    readonly actorName: string
  }[]
  readonly warnings: readonly Warning[]
  readonly policy: Policy
  readonly undo: Ended["undo"]
  readonly aftermath: Aftermath
}

/** A request as its page shows it. A pending one that the rules no longer count as waiting is expired. */
export function viewOf(row: StoredRequest, beside: Beside): RequestView {
  const { record, label, policy } = beside
  const role = toRole(row.role)
  const device = record.device
  const paired = device === null ? "no" : device.publicKey === row.publicKey ? "same-key" : "other-key"
  const own = paired === "same-key" ? device : null
  const circumstances = parseCircumstances(row.circumstances)
  const waiting = record.requests.find((request) => request.requestId === row.requestId)
  return {
    requestId: row.requestId,
    deviceId: row.deviceId,
    publicKey: row.publicKey,
    label: paired === "same-key" ? label : null,
    displayName: row.displayName,
    role,
    heldRoles: own === null ? [] : own.roles.filter((held) => hasRole(own, held)),
    reason: toReason(row.reason),
    scopes: toList(row.scopes),
    client: [row.clientId, row.clientVersion].filter((part) => part !== null).join(" ") || null,
    clientMode: row.clientMode,
    platform: platformOf(row),
    commands: commandsAsked(row, own),
    approvedAs: role === "node" ? approvedAs(row, own) : null,
    address: row.address,
    filedAtMs: row.filedAtMs,
    triedAtMs: row.triedAtMs,
    tries: row.tries,
    paired,
    rightsRevision: own?.revision ?? null,
    ...roleStanding(own, role),
    isBlocked: record.blockedKeys.includes(row.publicKey),
    manual: circumstances?.manual ?? null,
    observations: observationsOf(paired, circumstances),
    changedClaims: changedClaims(row),
    warnings: beside.warnings,
    state: waiting === undefined ? endedOf(row, own, beside) : waitingOf(record, waiting, policy, beside.changes),
  }
}

/** The commands that are asked, what runs programs first. */
function commandsAsked(row: StoredRequest, device: Device | null): readonly CommandAsked[] {
  const order = { "runs-programs": 0, "reaches-machine": 1, itself: 2 } as const
  return toCommands(row.commands)
    .map((command) => ({
      command,
      reach: reachOf(command),
      isApproved: device?.approvedCommands?.includes(command) ?? false,
    }))
    .sort((one, other) => order[one.reach] - order[other.reach])
}

function approvedAs(row: StoredRequest, device: Device | null): RequestView["approvedAs"] {
  if (device === null || device.approvedCommands === null) return null
  const shown = { platform: device.nodePlatform, deviceFamily: device.nodeFamily }
  return isSamePlatform(shown, row) ? null : { platform: platformOf(shown) }
}

/** The platform, and the device family where it says more. */
function platformOf({ platform, deviceFamily }: Pick<StoredRequest, "platform" | "deviceFamily">): string | null {
  if (platform === null || deviceFamily === null) return platform ?? deviceFamily
  return platform.toLowerCase().includes(deviceFamily.toLowerCase()) ? platform : `${platform}, ${deviceFamily}`
}

function waitingOf(record: DeviceRecord, request: PendingRequest, policy: Policy, changes: Beside["changes"]): Waiting {
  const { scopes, kept } = differenceOf(record, request, policy)
  const last = (scope: string, kinds: readonly string[]): ScopeEvent | null => {
    const found = changes.find((change) => change.scope === scope && kinds.includes(change.change))
    return found === undefined ? null : { atMs: found.atMs, by: found.actorName }
  }
  return {
    kind: "waiting",
    expiresAtMs: expiresAtMs(request, policy),
    digest: digestOf(record, request),
    kept,
    isNoteRequired: policy.graveGrantNote === "required",
    rejectHoldMs: policy.rejectHoldMs,
    scopes: scopes.map((row) => ({
      ...row,
      withheldBy: row.bringsBack.includes(row.scope) ? last(row.scope, ["withheld", "lowered", "declined"]) : null,
      narrowedBy: row.isApproved && !row.inToken ? last(row.scope, ["narrowed", "revoked"]) : null,
    })),
  }
}

function endedOf(row: StoredRequest, own: Device | null, { undo, aftermath, policy }: Beside): Ended {
  // Its time is over, but nothing has come by since to record it.
  const isUnrecorded = row.status === "pending"
  return {
    kind: "ended",
    status: isUnrecorded ? "expired" : endedStatus(row.status),
    endedAtMs: row.endedAtMs ?? expiresAtMs(row, policy),
    endedBy: row.endedByKind === null ? null : { kind: actorKind(row.endedByKind), name: row.endedByName ?? "" },
    note: row.endNote,
    toldReason: row.toldReason,
    granted: row.granted === null ? null : toList(row.granted),
    grantedUntilMs: row.grantedUntilMs,
    withheld: toList(row.withheld ?? ""),
    supersededBy: row.supersededBy,
    heldUntilMs: row.heldUntilMs,
    undo,
    aftermath,
    endsNow: endsOf(own, policy, toList(row.scopes)),
  }
}

const keyObservations: Record<RequestView["paired"], Observation> = {
  no: { speaks: "neither", text: "key never paired before" },
  "same-key": { speaks: "for", text: "key matches the paired device" },
  "other-key": { speaks: "against", text: "another key than the paired device's" },
}

const authTexts: Record<string, string> = {
  token: "shared token valid",
  password: "shared password valid",
  "device-token": "its own device token valid",
  "trusted-proxy": "vouched for by the identity proxy",
  none: "no credential asked for",
}

function observationsOf(paired: RequestView["paired"], circumstances: Circumstances | null): readonly Observation[] {
  if (circumstances === null) return [keyObservations[paired]]
  const { auth, locality } = circumstances
  return [
    keyObservations[paired],
    { speaks: auth === "none" ? "neither" : "for", text: authTexts[auth] ?? auth },
    { speaks: locality.local ? "for" : "against", text: explainLocality(locality.because) },
  ]
}

const claims: readonly { readonly key: Exclude<keyof Metadata, "commands">; readonly what: string }[] = [
  { key: "displayName", what: "name" },
  { key: "clientId", what: "client" },
  { key: "clientVersion", what: "version" },
  { key: "clientMode", what: "mode" },
  { key: "platform", what: "platform" },
  { key: "deviceFamily", what: "device family" },
]

function changedClaims(row: StoredRequest): readonly ChangedClaim[] {
  const latest = parseLatestMetadata(row.latestMetadata)
  if (latest === null) return []
  const changed = claims
    .filter(({ key }) => row[key] !== latest[key])
    .map(({ key, what }) => ({ what, filed: row[key], latest: latest[key] }))
  const filed = toCommands(row.commands).join(" ")
  const now = latest.commands.join(" ")
  return filed === now ? changed : [...changed, { what: "commands", filed, latest: now }]
}

const reasons: z.ZodType<PairingReason> = z.enum(["not-paired", "metadata-upgrade", "role-upgrade", "scope-upgrade"])
const ends = z.enum(requestStatuses).exclude(["pending"])

/** The reason that a row names. Throws when it names none. */
export function toReason(text: string): PairingReason {
  return reasons.parse(text)
}

/** How a request ended, as its row says it. Throws for one that has not. */
export function endedStatus(text: string): Exclude<RequestStatus, "pending"> {
  return ends.parse(text)
}
