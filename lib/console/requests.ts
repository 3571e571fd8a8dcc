import "server-only"
import { cache } from "react"
import { requireAdmin } from "@/lib/auth/admin"
import { expiresAtMs, oldestLiveTryMs } from "@/lib/pairing/requests"
import type { PairingReason } from "@/lib/pairing/types"
import { parseCircumstances } from "@/lib/store/circumstances"
import type { Prisma } from "@/lib/store/generated/sqlite/client"
import { currentStore, now } from "@/lib/store/instance"
import { readRecord } from "@/lib/store/load-record"
import { toList, toRole } from "@/lib/store/rows"
import { undoOf } from "@/lib/store/undo-approval"
import { type AuditCursor, actorKind, formatCursor } from "./audit-rows"
import { isLive } from "./live-requests"
import { noAftermath, readAftermaths } from "./request-aftermath"
import { readLookalikes } from "./request-lookalikes"
import type {
  Aftermath,
  EndedPage,
  EndedRow,
  RequestQueue,
  RequestRow,
  RequestView,
  WaitingCounts,
} from "./request-types"
import { endedStatus, selectStoredRequest, toReason, viewOf } from "./request-view"
import { readWarnings } from "./warnings"

/** Most waiting requests that the list shows; the rest are counted as "more". The page comes with fewer of them. */
const mostWaiting = 1_000
const endedPageSize = 20

/**
 * Requests that wait for a decision, for any reason or for one, oldest first. A request whose time is over is none of
 * them.
 */
export const loadRequestQueue = cache(
  async (reason: PairingReason | null = null, most: number = mostWaiting): Promise<RequestQueue> => {
    await requireAdmin("requests.see")
    const rows = await readWaiting({ reason, take: most + 1 })
    return { reason, isMore: rows.length > most, most, rows: rows.slice(0, most) }
  },
)

const fewSql = `SELECT "requestId" FROM "Request" WHERE "status" = 'pending' AND "reason" = $1
  AND NOT "triedAtMs" < $2 LIMIT ${mostWaiting + 1}`

/** How many wait for each reason, for a list that does not hold them all. */
export async function loadWaitingCounts(): Promise<WaitingCounts> {
  await requireAdmin("requests.see")
  const store = currentStore()
  const { policy } = await store.policy()
  const oldestMs = oldestLiveTryMs(policy, now())
  const count = async (reason: PairingReason) => (await store.readRows(fewSql, [reason, oldestMs])).length
  return {
    "not-paired": await count("not-paired"),
    "scope-upgrade": await count("scope-upgrade"),
    "role-upgrade": await count("role-upgrade"),
    "metadata-upgrade": await count("metadata-upgrade"),
  }
}

/** Those of some requests that wait, for a list that knows the rest. */
export async function loadWaitingRequests(ids: readonly string[]): Promise<readonly RequestRow[]> {
  await requireAdmin("requests.see")
  return readWaiting({ ids, take: ids.length })
}

type Wanted = { readonly ids?: readonly string[]; readonly reason?: PairingReason | null; readonly take: number }

async function readWaiting({ ids, reason, take }: Wanted): Promise<readonly RequestRow[]> {
  const store = currentStore()
  const { policy } = await store.policy()
  const rows = await store.db.request.findMany({
    where: {
      status: "pending",
      ...isLive(policy),
      ...(ids && { requestId: { in: [...ids] } }),
      ...(reason && { reason }),
    },
    orderBy: [{ filedAtMs: "asc" }, { requestId: "asc" }],
    select: selectRow,
    take,
  })
  const [devices, lookalikes] = await Promise.all([
    store.db.device.findMany({
      where: { deviceId: { in: rows.map((row) => row.deviceId) } },
      select: selectHolder,
    }),
    readLookalikes(store, rows, policy),
  ])
  const byId = new Map(devices.map((device) => [device.deviceId, device]))
  return rows.map((row) => {
    const device = byId.get(row.deviceId)
    return toRow(row, device?.publicKey === row.publicKey ? device : undefined, {
      expiresAtMs: expiresAtMs(row, policy),
      isLookalike: lookalikes.has(row.requestId),
    })
  })
}

/** One request with everything an admin decides on; null for an id that no request has. */
export const loadRequest = cache(async (requestId: string, warningsOf = readWarnings): Promise<RequestView | null> => {
  await requireAdmin("requests.see")
  const store = currentStore()
  const row = await store.db.request.findUnique({ where: { requestId }, select: selectStoredRequest })
  if (row === null) return null
  const { deviceId } = row
  const { policy } = await store.policy()
  const [record, device, changes, warnings, undo, aftermaths] = await Promise.all([
    readRecord(store, { deviceId, pendingTtlMs: policy.pendingTtlMs, nowMs: now() }),
    store.db.device.findUnique({ where: { deviceId }, select: { label: true } }),
    store.db.scopeChange.findMany({
      where: { deviceId, change: { in: ["withheld", "lowered", "declined", "narrowed", "revoked"] } },
      orderBy: [{ atMs: "desc" }, { id: "desc" }],
      select: { scope: true, change: true, atMs: true, actorName: true },
      take: 500,
    }),
    row.status === "pending" ? warningsOf(store, row, policy) : [],
    row.status === "approved" ? undoOf(store, requestId, now()) : null,
    readAftermaths(store, [row]),
  ])
  const aftermath = aftermaths.get(requestId) ?? noAftermath
  return viewOf(row, { record, label: device?.label ?? null, changes, warnings, policy, undo, aftermath })
})

/** Requests that ended, the latest first, from a place on. */
export async function loadEndedRequests(from: AuditCursor | null): Promise<EndedPage> {
  await requireAdmin("requests.see")
  const store = currentStore()
  const found = await store.db.request.findMany({
    where: from === null ? { endedAtMs: { not: null } } : olderThan(from),
    orderBy: [{ endedAtMs: "desc" }, { requestId: "desc" }],
    select: selectEnded,
    take: endedPageSize + 1,
  })
  const shown = found.slice(0, endedPageSize)
  const aftermaths = await readAftermaths(store, shown)
  const rows = shown.map((row) => toEndedRow(row, aftermaths.get(row.requestId) ?? noAftermath))
  const last = found.length > endedPageSize ? rows.at(-1) : undefined
  return { rows, next: last ? formatCursor({ atMs: last.endedAtMs, id: last.requestId }) : null }
}

// The bound on the instant alone is what the index can be entered by; the rest settles equal instants.
function olderThan({ atMs, id }: AuditCursor): Prisma.RequestWhereInput {
  return { endedAtMs: { lte: atMs }, OR: [{ endedAtMs: { lt: atMs } }, { requestId: { lt: id } }] }
}

const selectRow = {
  requestId: true,
  deviceId: true,
  publicKey: true,
  displayName: true,
  role: true,
  reason: true,
  scopes: true,
  clientId: true,
  clientVersion: true,
  platform: true,
  address: true,
  circumstances: true,
  filedAtMs: true,
  triedAtMs: true,
  tries: true,
} as const satisfies Prisma.RequestSelect

/** The columns of the device that a waiting request is of. */
const selectHolder = {
  deviceId: true,
  publicKey: true,
  label: true,
  roles: true,
  revision: true,
  tokens: { where: { revokedAtMs: { not: null } }, select: { role: true } },
} as const satisfies Prisma.DeviceSelect

function toRow(
  row: Prisma.RequestGetPayload<{ select: typeof selectRow }>,
  device: Prisma.DeviceGetPayload<{ select: typeof selectHolder }> | undefined,
  beside: Pick<RequestRow, "expiresAtMs" | "isLookalike">,
): RequestRow {
  const { publicKey: _, clientId, clientVersion, circumstances: stored, ...shown } = row
  const circumstances = parseCircumstances(stored)
  const scopes = toList(row.scopes)
  const revoked = device?.tokens.map((token) => token.role) ?? []
  return {
    ...shown,
    ...beside,
    label: device?.label ?? null,
    rightsRevision: device?.revision ?? null,
    role: toRole(row.role),
    heldRoles: toList(device?.roles ?? "")
      .filter((held) => !revoked.includes(held))
      .map(toRole),
    isRoleBack: row.reason === "role-upgrade" && revoked.includes(row.role),
    reason: toReason(row.reason),
    scopes,
    missing: circumstances?.missing ?? scopes,
    client: clientId === null ? null : [clientId, clientVersion].filter((part) => part !== null).join(" "),
    isLocal: circumstances?.locality.local ?? false,
  }
}

const selectEnded = {
  requestId: true,
  deviceId: true,
  displayName: true,
  role: true,
  reason: true,
  status: true,
  endedAtMs: true,
  endedByKind: true,
  endedByName: true,
  scopes: true,
  granted: true,
  withheld: true,
  filedAtMs: true,
  tries: true,
} as const satisfies Prisma.RequestSelect

function toEndedRow(row: Prisma.RequestGetPayload<{ select: typeof selectEnded }>, aftermath: Aftermath): EndedRow {
  const { endedByKind, endedByName, ...shown } = row
  return {
    ...shown,
    role: toRole(row.role),
    reason: toReason(row.reason),
    status: endedStatus(row.status),
    endedAtMs: row.endedAtMs ?? row.filedAtMs,
    endedBy: endedByKind === null ? null : { kind: actorKind(endedByKind), name: endedByName ?? "" },
    scopes: toList(row.scopes),
    granted: row.granted === null ? null : toList(row.granted),
    withheld: toList(row.withheld ?? ""),
    aftermath,
  }
}
