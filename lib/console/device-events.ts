import "server-only"
import { z } from "zod"
import { requireAdmin } from "@/lib/auth/admin"
import { parseCircumstances } from "@/lib/store/circumstances"
import { currentStore } from "@/lib/store/instance"
import { requestStatuses } from "@/lib/store/request-status"
import { toList, toReason, toRole } from "@/lib/store/rows"
import type { Store } from "@/lib/store/store"
import { type AuditCursor, formatCursor, type StoredEntry, selectEntry, toAuditRows } from "./audit-rows"
import type { DeviceEvent, DeviceEvents, LoggedRequest } from "./device-event-types"

const pageSize = 30

const requestStatus = z.enum(requestStatuses)

/** What happened to a device, newest first, from a place on: audit entries, and connects that were no plain allow. */
export async function loadDeviceEvents(deviceId: string, from: AuditCursor | null): Promise<DeviceEvents> {
  await requireAdmin("devices.see")
  const store = currentStore()
  const [entries, attempts] = await Promise.all([
    readEntries(store, deviceId, from),
    readAttempts(store, deviceId, from),
  ])
  const all = [...(await toEvents(store, entries)), ...attempts].toSorted(newestFirst)
  const rows = all.slice(0, pageSize)
  const last = rows.at(-1)
  return { rows, next: all.length > pageSize && last ? formatCursor(last) : null }
}

function newestFirst(first: DeviceEvent, second: DeviceEvent): number {
  if (first.atMs !== second.atMs) return second.atMs - first.atMs
  return first.id < second.id ? 1 : -1
}

async function readEntries(store: Store, deviceId: string, from: AuditCursor | null): Promise<readonly StoredEntry[]> {
  const past =
    from === null ? {} : { atMs: { lte: from.atMs }, OR: [{ atMs: { lt: from.atMs } }, { id: { lt: from.id } }] }
  return store.db.auditEntry.findMany({
    where: { deviceId, ...past },
    orderBy: [{ atMs: "desc" }, { id: "desc" }],
    take: pageSize + 1,
    select: selectEntry,
  })
}

async function toEvents(store: Store, entries: readonly StoredEntry[]): Promise<readonly DeviceEvent[]> {
  const subjects = entries.flatMap((entry) => (entry.action.startsWith("request.") ? (entry.subject ?? []) : []))
  const [rows, requests] = await Promise.all([toAuditRows(store, entries), readRequests(store, subjects)])
  return rows.map((entry) => ({
    kind: "entry",
    id: entry.id,
    atMs: entry.atMs,
    entry,
    request: requests.get(entry.subject ?? "") ?? null,
  }))
}

async function readRequests(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, LoggedRequest>> {
  const rows = await store.db.request.findMany({
    where: { requestId: { in: [...new Set(ids)] } },
    select: {
      requestId: true,
      status: true,
      reason: true,
      role: true,
      scopes: true,
      tries: true,
      filedAtMs: true,
      triedAtMs: true,
      circumstances: true,
    },
  })
  return new Map(
    rows.map(({ circumstances, ...row }) => {
      const known = parseCircumstances(circumstances)
      return [
        row.requestId,
        {
          ...row,
          status: requestStatus.parse(row.status),
          reason: toReason(row.reason),
          role: toRole(row.role),
          scopes: toList(row.scopes),
          missing: known?.missing ?? [],
          manual: known?.manual ?? null,
          locality: known?.locality.because ?? null,
        },
      ]
    }),
  )
}

/** Those that filed a request or were approved silently have an audit entry, which says more. */
async function readAttempts(store: Store, deviceId: string, from: AuditCursor | null): Promise<readonly DeviceEvent[]> {
  const past =
    from === null
      ? {}
      : { lastAtMs: { lte: from.atMs }, OR: [{ lastAtMs: { lt: from.atMs } }, { id: { lt: from.id } }] }
  const rows = await store.db.connectAttempt.findMany({
    where: { deviceId, requestId: null, outcome: { not: "silent-approve" }, ...past },
    orderBy: [{ lastAtMs: "desc" }, { id: "desc" }],
    take: pageSize + 1,
    select: {
      id: true,
      outcome: true,
      reason: true,
      role: true,
      scopes: true,
      count: true,
      firstAtMs: true,
      lastAtMs: true,
      address: true,
    },
  })
  return rows.map(({ id, scopes, ...row }) => ({
    kind: "attempts",
    id,
    atMs: row.lastAtMs,
    attempts: { ...row, scopes: toList(scopes) },
  }))
}
