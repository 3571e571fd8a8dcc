import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { hasCapability } from "@/lib/auth/capabilities"
import { oldestLiveTryMs } from "@/lib/pairing/requests"
import { currentStore, now } from "@/lib/store/instance"
import type { Shell } from "./types"

const countLimit = 1000

/** What stands around every page: who is signed in, what waits, who is connected, and the address for devices. */
export async function loadShell(): Promise<Shell> {
  const admin = await requireAdmin("gateway.see")
  const store = currentStore()
  const sees = hasCapability(admin.role, "settings.see")
  const { policy } = await store.policy()
  const waiting = await store.db.request.findMany({
    where: { status: "pending", triedAtMs: { gte: oldestLiveTryMs(policy, now()) } },
    select: { requestId: true },
    take: countLimit,
  })
  const demo = await store.db.setting.findUnique({ where: { key: "demo" }, select: { value: true } })
  const { state, reason } = store.upstream.report()
  const { devices } = await store.presence.counts()
  return {
    admin: { id: admin.adminId, name: admin.name, role: admin.role, shortcuts: admin.shortcuts },
    sees: { settings: sees },
    decides: hasCapability(admin.role, "requests.approve"),
    waiting: waiting.length,
    waitingIsMore: waiting.length === countLimit,
    online: devices,
    address: deviceAddress(store.gatewayInfo),
    isDemo: demo?.value === "true",
    // Only what is wrong stands on every page; why is for owners.
    upstream: state === "off" || state === "up" ? null : { state, reason: sees ? reason : null },
  }
}

function deviceAddress({ publicUrl, host, port }: { publicUrl: string | null; host: string; port: number }): string {
  if (publicUrl !== null) return publicUrl.replace(/^http/, "ws").replace(/\/$/, "")
  return `ws://${host.includes(":") ? `[${host}]` : host}:${port}`
}
