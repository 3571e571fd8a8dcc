import { z } from "zod"
import { allCurrentScopes } from "@/lib/pairing/device"
import type { Device, Scopes } from "@/lib/pairing/types"
import type { Store } from "@/lib/store/store"
import { type StoredEntry, selectEntry, toAuditRows } from "./audit-rows"
import type { ScopeHistory } from "./device-history-types"
import { type StoredScopeChange, scopeLanes } from "./scope-lanes"
import type { AuditRow } from "./types"

/** Most changes and audit entries of one device that are read for its chart. */
const mostRead = 2000

/** Most commands drawn as lines across the lanes. */
const mostTurns = 60

const actorKind = z.enum(["admin", "wire", "rule", "device", "system"])

export type ScopeChanges = {
  /** Oldest first. */
  readonly changes: readonly StoredScopeChange[]
  /** False when there are older ones. */
  readonly isWhole: boolean
}

/** The latest changes of the scopes of a device. */
export async function readScopeChanges(store: Store, deviceId: string): Promise<ScopeChanges> {
  const rows = await store.db.scopeChange.findMany({
    where: { deviceId },
    orderBy: [{ atMs: "desc" }, { id: "desc" }],
    take: mostRead + 1,
    select: {
      id: true,
      scope: true,
      change: true,
      atMs: true,
      untilMs: true,
      actorKind: true,
      actorName: true,
      silent: true,
      requestId: true,
    },
  })
  return {
    isWhole: rows.length <= mostRead,
    changes: rows
      .slice(0, mostRead)
      .reverse()
      .map(({ actorKind: kind, actorName: name, ...change }) => ({
        ...change,
        actor: { kind: actorKind.parse(kind), name, id: null },
      })),
  }
}

const turnKinds: Readonly<Record<string, ScopeHistory["turns"][number]["kind"]>> = {
  "token.rotated": "rotated",
  "token.revoked": "revoked",
  "device.ceiling-lowered": "lowered",
  "device.ceiling-raised": "raised",
  "device.silent-taken-back": "taken-back",
  "device.removed": "removed",
}

/** What the chart of a device draws. */
export async function readHistory(
  store: Store,
  deviceId: string,
  device: Device | null,
  { changes, isWhole, ceiling, nowMs }: ScopeChanges & { ceiling: Scopes; nowMs: number },
): Promise<ScopeHistory> {
  const first = changes[0]?.atMs ?? nowMs
  const fromMs = Math.min(first, isWhole ? (device?.pairedAtMs ?? first) : first)
  const now = { approved: ceiling, inToken: device === null ? [] : allCurrentScopes(device) }
  const entries = await toAuditRows(store, await readTurns(store, deviceId, fromMs))
  return {
    fromMs,
    isWhole,
    lanes: scopeLanes(changes, now, fromMs),
    turns: entries.flatMap((entry) => {
      const kind = turnKinds[entry.actionName]
      if (kind === undefined) return []
      const { id, atMs, actor } = entry
      const role = roleOf(entry)
      return [{ id, atMs, kind, role, scopes: role === null ? [] : listOf(entry, `${role}Scopes`), actor }]
    }),
  }
}

/** Found among the latest entries of the device: how many others there are is not in anybody's hand. */
async function readTurns(store: Store, deviceId: string, fromMs: number): Promise<readonly StoredEntry[]> {
  const latest = await store.db.auditEntry.findMany({
    where: { deviceId, atMs: { gte: fromMs } },
    orderBy: [{ atMs: "desc" }, { id: "desc" }],
    take: mostRead,
    select: { id: true, action: true },
  })
  const ids = latest.filter(({ action }) => Object.hasOwn(turnKinds, action)).map(({ id }) => id)
  const entries = await store.db.auditEntry.findMany({
    where: { id: { in: ids.slice(0, mostTurns) } },
    select: selectEntry,
  })
  return entries.toSorted((first, second) => first.atMs - second.atMs)
}

function roleOf({ before, after }: AuditRow): "operator" | "node" | null {
  const role = after?.role ?? before?.role
  return role === "operator" || role === "node" ? role : null
}

function listOf({ after }: AuditRow, key: string): Scopes {
  const value = after?.[key]
  return Array.isArray(value) ? value.map(String) : []
}
