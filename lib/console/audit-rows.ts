import "server-only"
import { z } from "zod"
import { type AuditSide, isAuditAction, undoingActions, undoneApproval } from "@/lib/store/audit-actions"
import type { Prisma } from "@/lib/store/generated/sqlite/client"
import type { Store } from "@/lib/store/store"
import { devicesMeant } from "./audit-devices"
import type { AuditFilter, FilteredAction } from "./audit-filter"
import type { AuditRow } from "./types"

/** A place in the log: an entry's instant and id. */
export type AuditCursor = { readonly atMs: number; readonly id: string }

/** The place as it stands in a URL. */
export function formatCursor({ atMs, id }: AuditCursor): string {
  return `${atMs}~${id}`
}

/** The place that a URL names; null for none or an unreadable one. */
export function parseCursor(text: string | null): AuditCursor | null {
  const [instant = "", id = ""] = text?.split("~") ?? []
  const atMs = Number(instant)
  return instant !== "" && Number.isFinite(atMs) && id !== "" ? { atMs, id } : null
}

/** The columns of an entry that the page shows. */
export const selectEntry = {
  id: true,
  atMs: true,
  action: true,
  actorKind: true,
  actorId: true,
  actorName: true,
  deviceId: true,
  subject: true,
  before: true,
  after: true,
  note: true,
  seq: true,
  hash: true,
} as const satisfies Prisma.AuditEntrySelect

export type StoredEntry = Prisma.AuditEntryGetPayload<{ select: typeof selectEntry }>

const side = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
const actorKinds = z.enum(["admin", "wire", "rule", "device", "system"])

/** Which kind of actor a row names. Throws when it names none. */
export function actorKind(text: string) {
  return actorKinds.parse(text)
}

/** Entries as the page shows them, with the names that devices and admins have now. */
export async function toAuditRows(store: Store, entries: readonly StoredEntry[]): Promise<readonly AuditRow[]> {
  const [devices, pages, claimed, admins] = await Promise.all([
    deviceNames(store, entries),
    devicesWithPage(store, entries),
    claimedNames(store, entries),
    adminNames(store, entries),
  ])
  const nameOf = ({ deviceId, subject, before }: StoredEntry) =>
    devices.get(deviceId ?? "") || (claimed.get(subject ?? "") ?? nameIn(sideOf(before)))
  const asked = await askedNames(
    store,
    entries.flatMap((entry) => (nameOf(entry) === "" ? (entry.deviceId ?? []) : [])),
  )
  return entries.map((entry) => {
    const before = sideOf(entry.before)
    const after = sideOf(entry.after)
    return {
      id: entry.id,
      atMs: entry.atMs,
      action: isAuditAction(entry.action) ? entry.action : null,
      actionName: entry.action,
      actor: { kind: actorKind(entry.actorKind), name: entry.actorName, id: entry.actorId },
      device:
        entry.deviceId === null
          ? null
          : {
              id: entry.deviceId,
              name: nameOf(entry) || (asked.get(entry.deviceId) ?? ""),
              exists: devices.has(entry.deviceId) || pages.has(entry.deviceId),
            },
      subject: entry.subject === null ? null : (admins.get(entry.subject) ?? entry.subject),
      before,
      after,
      note: entry.note,
      seal: entry.seq === null || entry.hash === null ? null : { seq: entry.seq, hash: entry.hash },
    }
  })
}

/** The condition of a filter. Looks up which devices a text means; one that means none matches nothing. */
export async function whereAudit(store: Pick<Store, "db">, filter: AuditFilter): Promise<Prisma.AuditEntryWhereInput> {
  return {
    // An admin, by leaving out the others with an id: asked for by its kind, SQLite would go through all that people did.
    ...(filter.admin === null ? {} : { actorId: filter.admin, actorKind: { notIn: ["wire", "device"] } }),
    ...(filter.actorKind === null ? {} : { actorKind: filter.actorKind }),
    ...(filter.rule === null ? {} : { actorKind: "rule", actorName: filter.rule }),
    ...(filter.action === null ? {} : ofAction(filter.action)),
    ...(filter.device === null ? {} : (await devicesMeant(store, filter.device)).where),
    ...(filter.fromMs === null && filter.untilMs === null
      ? {}
      : {
          atMs: {
            ...(filter.fromMs === null ? {} : { gte: filter.fromMs }),
            ...(filter.untilMs === null ? {} : { lt: filter.untilMs }),
          },
        }),
  }
}

function ofAction(action: FilteredAction): Prisma.AuditEntryWhereInput {
  // A quote within a text has a backslash before it, so only the name itself is found.
  if (action === undoneApproval) return { action: { in: [...undoingActions] }, after: { contains: '"undoes":"' } }
  return { action }
}

/** Entries of a filter from a place on, newest first. Entries of one instant stand in the order of their ids. */
export async function readEntries(
  store: Store,
  filter: AuditFilter,
  from: AuditCursor | null,
  take: number,
): Promise<readonly StoredEntry[]> {
  return store.db.auditEntry.findMany({
    where: { AND: [await whereAudit(store, filter), from === null ? {} : olderThan(from)] },
    orderBy: [{ atMs: "desc" }, { id: "desc" }],
    select: selectEntry,
    take,
  })
}

// The bound on the instant alone is what an index can be entered by; the rest settles equal instants.
function olderThan({ atMs, id }: AuditCursor) {
  return { atMs: { lte: atMs }, OR: [{ atMs: { lt: atMs } }, { id: { lt: id } }] }
}

/** The condition of everything that came after a place. */
export function newerThan({ atMs, id }: AuditCursor) {
  return { atMs: { gte: atMs }, OR: [{ atMs: { gt: atMs } }, { id: { gt: id } }] }
}

async function deviceNames(store: Store, entries: readonly StoredEntry[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(entries.flatMap((entry) => entry.deviceId ?? []))]
  const devices = await store.db.device.findMany({
    where: { deviceId: { in: ids } },
    select: { deviceId: true, label: true, displayName: true },
  })
  return new Map(devices.map((device) => [device.deviceId, device.label ?? device.displayName ?? ""]))
}

/** Devices that are not paired and have a page all the same: their key is blocked, or a request of them is kept. */
async function devicesWithPage(store: Store, entries: readonly StoredEntry[]): Promise<ReadonlySet<string>> {
  const deviceId = { in: [...new Set(entries.flatMap((entry) => entry.deviceId ?? []))] }
  const [blocked, asked] = await Promise.all([
    store.db.block.findMany({ where: { deviceId }, select: { deviceId: true } }),
    store.db.request.groupBy({ by: ["deviceId"], where: { deviceId } }),
  ])
  return new Set([...blocked, ...asked].map((row) => row.deviceId))
}

async function adminNames(store: Store, entries: readonly StoredEntry[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(entries.flatMap((entry) => (entry.action.startsWith("admin.") ? (entry.subject ?? []) : [])))]
  if (ids.length === 0) return new Map()
  const admins = await store.db.admin.findMany({
    where: { adminId: { in: ids } },
    select: { adminId: true, name: true },
  })
  return new Map(admins.map((admin) => [admin.adminId, admin.name]))
}

/** What devices called themselves in the requests that entries are about: most of them are not paired yet. */
async function claimedNames(store: Store, entries: readonly StoredEntry[]): Promise<ReadonlyMap<string, string>> {
  const ids = entries.flatMap((entry) => (entry.action.startsWith("request.") ? (entry.subject ?? []) : []))
  if (ids.length === 0) return new Map()
  const requests = await store.db.request.findMany({
    where: { requestId: { in: [...new Set(ids)] } },
    select: { requestId: true, displayName: true },
  })
  return new Map(requests.map((request) => [request.requestId, request.displayName ?? ""]))
}

/** What devices called themselves when they last asked, where nothing else names them: only their keys are known. */
async function askedNames({ db }: Store, deviceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const deviceId of new Set(deviceIds)) {
    const last = await db.request.findFirst({
      where: { deviceId },
      orderBy: [{ deviceId: "desc" }, { filedAtMs: "desc" }],
      select: { displayName: true },
    })
    names.set(deviceId, last?.displayName ?? "")
  }
  return names
}

/** The name that an entry kept of a device that was removed. */
function nameIn(before: AuditSide | null): string {
  return typeof before?.name === "string" ? before.name : ""
}

/** One side of an entry, as its row has it. Throws for what no entry holds. */
export function sideOf(json: string | null): AuditSide | null {
  return json === null ? null : side.parse(JSON.parse(json))
}
