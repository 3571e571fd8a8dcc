import { newId } from "./new-id"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

/** Most views that one admin keeps. */
export const mostViews = 20

/** What a command about views comes to. They give and take nothing, so no audit entry is written. */
export type ViewOutcome = { readonly ok: true } | { readonly ok: false; readonly because: "gone" | "too-many" }

/** Whose views somebody may change: their own, and as an owner those of everybody. */
export type ViewHolder = { readonly adminId: string; readonly mayShare: boolean }

/** Keeps a filter of the list of devices under a name, in place of an own view of that name. */
export async function saveDeviceView(
  store: Store,
  { adminId, name, query, nowMs }: { adminId: string; name: string; query: string; nowMs: number },
): Promise<ViewOutcome> {
  return inTransaction(store, async ({ db }) => {
    const { count } = await db.deviceListView.updateMany({ where: { adminId, name }, data: { query } })
    if (count > 0) return { ok: true }
    if ((await db.deviceListView.count({ where: { adminId } })) >= mostViews) return { ok: false, because: "too-many" }
    const data = { viewId: newId(), adminId, name, query, createdAtMs: nowMs }
    await db.deviceListView.create({ data, select: { viewId: true } })
    return { ok: true }
  })
}

/** Renames a view, or shares it with everybody or no longer. Only who may share changes a shared one. */
export async function changeDeviceView(
  store: Store,
  { holder, viewId, ...data }: { holder: ViewHolder; viewId: string; name?: string; isShared?: boolean },
): Promise<ViewOutcome> {
  return inTransaction(store, async ({ db }) => {
    const { count } = await db.deviceListView.updateMany({ where: changeable(holder, viewId), data })
    return count > 0 ? { ok: true } : { ok: false, because: "gone" }
  })
}

/** Deletes a view. Where it was the one to open with, the list opens with everything again. */
export async function deleteDeviceView(
  store: Store,
  { holder, viewId }: { holder: ViewHolder; viewId: string },
): Promise<ViewOutcome> {
  return inTransaction(store, async ({ db }) => {
    const { count } = await db.deviceListView.deleteMany({ where: changeable(holder, viewId) })
    return count > 0 ? { ok: true } : { ok: false, because: "gone" }
  })
}

/** Has the list open with a view for one admin, or with everything. */
export async function setDefaultDeviceView(
  store: Store,
  { adminId, viewId }: { adminId: string; viewId: string | null },
): Promise<ViewOutcome> {
  return inTransaction(store, async ({ db }) => {
    await db.admin.updateMany({ where: { adminId }, data: { deviceViewId: viewId } })
    return { ok: true }
  })
}

function changeable({ adminId, mayShare }: ViewHolder, viewId: string) {
  return mayShare ? { viewId, OR: [{ adminId }, { isShared: true }] } : { viewId, adminId, isShared: false }
}
