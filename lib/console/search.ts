import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { hasCapability } from "@/lib/auth/capabilities"
import { oldestLiveTryMs } from "@/lib/pairing/requests"
import { toConsoleRole } from "@/lib/store/console-role"
import type { PrismaClient } from "@/lib/store/generated/sqlite/client"
import { currentStore, now } from "@/lib/store/instance"
import type { Store } from "@/lib/store/store"
import { findDevicePage } from "./device-paging"
import { findRequests } from "./find-requests"
import { parseDeviceFilter, searchWords } from "./parse-device-filter"
import type { Found, FoundDevice, FoundFew, FoundPerson } from "./search-types"

/** Rows of one kind that a search shows. */
const most = 5
/** Most people that a search looks at: a console has few. */
const mostPeople = 1000

/** What a text finds in the whole console, of each kind that the reader may see the first few. */
export async function loadFound(text: string): Promise<Found> {
  const admin = await requireAdmin("devices.see")
  const { db, policy: currentPolicy } = currentStore()
  const words = searchWords(text.slice(0, 200))
  const none = { rows: [], isMore: false }
  const seesPeople = hasCapability(admin.role, "admins.see")
  if (words.length === 0) return { devices: none, requests: none, people: seesPeople ? none : null }
  const nowMs = now()
  const { policy } = await currentPolicy()
  const [devices, requests, people] = await Promise.all([
    findDevices(currentStore(), text, nowMs),
    hasCapability(admin.role, "requests.see")
      ? findRequests(db, words, { most, oldestTryMs: oldestLiveTryMs(policy, nowMs) })
      : none,
    seesPeople ? findPeople(db, words) : null,
  ])
  return { devices, requests, people }
}

/** The same devices, in the same order, as the list of devices shows for the text. */
async function findDevices({ db, presence }: Store, text: string, nowMs: number): Promise<FoundFew<FoundDevice>> {
  // A text asks for nobody who is online.
  const { ids } = await findDevicePage(db, parseDeviceFilter({ q: text }), { nowMs, online: new Set() })
  const shown = ids.slice(0, most)
  const online = await presence.among(shown)
  const stored = await db.device.findMany({
    where: { deviceId: { in: shown } },
    select: {
      ...{ deviceId: true, label: true, displayName: true, isBlocked: true },
      tokens: { where: { revokedAtMs: null }, take: 1, select: { role: true } },
    },
  })
  const byId = new Map(stored.map((device) => [device.deviceId, device]))
  const rows = shown.flatMap((deviceId) => {
    const device = byId.get(deviceId)
    if (device === undefined) return []
    const name = device.label ?? device.displayName
    const [isOnline, isLive] = [online.has(deviceId), device.tokens.length > 0]
    return [{ deviceId, name, isBlocked: device.isBlocked, isOnline, isLive }]
  })
  return { rows, isMore: ids.length > most }
}

async function findPeople(db: PrismaClient, words: readonly string[]): Promise<FoundFew<FoundPerson>> {
  const admins = await db.admin.findMany({
    orderBy: [{ name: "asc" }, { email: "asc" }],
    select: { adminId: true, name: true, email: true, role: true },
    take: mostPeople,
  })
  const rows = admins.filter(({ name, email }) => {
    const terms = [...name.toLowerCase().split(/\s+/), email.toLowerCase()]
    return words.every((word) => terms.some((term) => term.startsWith(word)))
  })
  return {
    rows: rows.slice(0, most).map((admin) => ({ ...admin, role: toConsoleRole(admin.role) })),
    isMore: rows.length > most,
  }
}
