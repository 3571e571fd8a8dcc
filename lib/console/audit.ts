import "server-only"
import { cache } from "react"
import { requireAdmin } from "@/lib/auth/admin"
import { checkChainEnd, endBreakSentences } from "@/lib/store/check-chain-end"
import { currentStore } from "@/lib/store/instance"
import type { Store } from "@/lib/store/store"
import { devicesMeant, mostDevices } from "./audit-devices"
import type { AuditFilter } from "./audit-filter"
import {
  type AuditCursor,
  formatCursor,
  newerThan,
  readEntries,
  type StoredEntry,
  toAuditRows,
  whereAudit,
} from "./audit-rows"
import type { AuditActors, AuditExport, AuditNews, AuditPage, AuditRow, AuditSummary } from "./types"

const pageSize = 50
const countLimit = 1_000
const exportBatch = 500

/** One page of the audit log, newest first, from a place on. */
export async function loadAuditPage(filter: AuditFilter, from: AuditCursor | null): Promise<AuditPage> {
  await requireAdmin("audit.see")
  const store = currentStore()
  const found = await readEntries(store, filter, from, pageSize + 1)
  const rows = await toAuditRows(store, found.slice(0, pageSize))
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return { rows, next: last ? formatCursor(last) : null }
}

/** How much a filter lets through, and the state of the chain. */
export const loadAuditSummary = cache(async (filter: AuditFilter): Promise<AuditSummary> => {
  await requireAdmin("audit.see")
  return summarise(currentStore(), filter)
})

/** What came since the newest entry that a page shows, and the seals that its unsealed entries got meanwhile. */
export async function loadAuditNews(
  filter: AuditFilter,
  newest: AuditCursor | null,
  unsealedIds: readonly string[],
): Promise<AuditNews> {
  await requireAdmin("audit.see")
  const store = currentStore()
  const [found, sealed, summary] = await Promise.all([
    store.db.auditEntry.findMany({
      where: { AND: [await whereAudit(store, filter), newest === null ? {} : newerThan(newest)] },
      select: { id: true },
      take: 100,
    }),
    store.db.auditEntry.findMany({
      where: { id: { in: [...unsealedIds] }, seq: { not: null } },
      select: { id: true, seq: true, hash: true },
    }),
    summarise(store, filter),
  ])
  return {
    count: Math.min(found.length, 99),
    isMore: found.length > 99,
    seals: Object.fromEntries(
      sealed.flatMap(({ id, seq, hash }) => (seq === null || hash === null ? [] : [[id, { seq, hash }]])),
    ),
    summary,
  }
}

/** Everybody who ever had an account here, for the filter. */
export const loadAuditActors = cache(async (): Promise<AuditActors> => {
  await requireAdmin("audit.see")
  const admins = await currentStore().db.admin.findMany({
    select: { adminId: true, name: true },
    orderBy: { name: "asc" },
    take: 500,
  })
  return admins.map(({ adminId, name }) => ({ id: adminId, name }))
})

/**
 * All entries of a filter, newest first, batch by batch, so that a long log is never in memory as a whole. The gate
 * is passed before the first batch is asked for. Says where it stops at some of the devices, as the page does.
 */
export async function exportAudit(filter: AuditFilter): Promise<AuditExport> {
  await requireAdmin("audit.export")
  const store = currentStore()
  return { batches: batches(store, filter), devicesCutTo: await devicesCutTo(store, filter) }
}

/** Null where the filter looks at every device that its text matches; else at how many it stops. */
async function devicesCutTo(store: Store, { device }: AuditFilter): Promise<number | null> {
  return device !== null && (await devicesMeant(store, device)).isCut ? mostDevices : null
}

async function* batches(store: Store, filter: AuditFilter): AsyncGenerator<readonly AuditRow[]> {
  let from: AuditCursor | null = null
  for (;;) {
    const found: readonly StoredEntry[] = await readEntries(store, filter, from, exportBatch)
    if (found.length > 0) yield await toAuditRows(store, found)
    const last = found.at(-1)
    if (last === undefined || found.length < exportBatch) return
    from = last
  }
}

async function summarise(store: Store, filter: AuditFilter): Promise<AuditSummary> {
  const where = await whereAudit(store, filter)
  const [matching, end, unsealed] = await Promise.all([
    store.db.auditEntry.findMany({ where, select: { id: true }, take: countLimit + 1 }),
    checkChainEnd(store.db, store),
    store.db.auditEntry.findMany({ where: { seq: null }, select: { id: true }, take: countLimit }),
  ])
  return {
    count: Math.min(matching.length, countLimit),
    isMore: matching.length > countLimit,
    devicesCutTo: await devicesCutTo(store, filter),
    head: end.head && { seq: end.head.seq, hash: end.head.hash, atMs: end.head.atMs },
    unsealed: unsealed.length,
    broken: end.ok ? null : endBreakSentences[end.because],
  }
}
