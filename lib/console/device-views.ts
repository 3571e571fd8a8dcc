import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { hasCapability } from "@/lib/auth/capabilities"
import { currentStore } from "@/lib/store/instance"
import { atStart, deviceFilterToQuery } from "./device-filter"
import type { DeviceListView, DeviceListViews } from "./device-list-types"
import { parseDeviceFilter, readSearchParams } from "./parse-device-filter"

/** Most shared views that are shown. */
const mostShared = 20

/** The views of the list of devices that somebody has: their own, and those of everybody. */
export async function loadDeviceViews(): Promise<DeviceListViews> {
  const { adminId, role } = await requireAdmin("devices.see")
  const { db } = currentStore()
  const select = { viewId: true, name: true, query: true, isShared: true } as const
  const orderBy = [{ createdAtMs: "asc" }, { viewId: "asc" }] as const
  const [admin, own, shared] = await Promise.all([
    db.admin.findUnique({ where: { adminId }, select: { deviceViewId: true } }),
    db.deviceListView.findMany({ where: { adminId }, orderBy: [...orderBy], select }),
    db.deviceListView.findMany({
      where: { isShared: true, adminId: { not: adminId } },
      orderBy: [...orderBy],
      take: mostShared,
      select,
    }),
  ])
  const mayShare = hasCapability(role, "views.share")
  const views = [...own, ...shared].map(
    (view): DeviceListView => ({
      ...view,
      // As this version writes it, so that a view of an earlier one is still known as the list that is shown.
      query: plainQuery(view.query),
      isDefault: view.viewId === admin?.deviceViewId,
      mayChange: view.isShared ? mayShare : true,
    }),
  )
  return { views, mayShare }
}

function plainQuery(query: string): string {
  return deviceFilterToQuery(atStart(parseDeviceFilter(readSearchParams(new URLSearchParams(query)))))
}
