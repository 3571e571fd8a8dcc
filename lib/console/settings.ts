import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { toConsoleRole } from "@/lib/store/console-role"
import { currentStore, now } from "@/lib/store/instance"
import { currentSettings } from "@/lib/store/settings"
import { defaultSettings, settingsSchema } from "@/lib/store/settings-schema"
import type { GatewayInfo } from "@/lib/store/store"
import { openSessionsSince } from "./account"
import type { AdminRow, AdminState, GatewayFacts, SettingsNow, SharedTokenFacts } from "./settings-types"

/** Every person of the console, owners first. */
export async function loadAdmins(): Promise<readonly AdminRow[]> {
  const me = await requireAdmin("admins.see")
  const store = currentStore()
  const nowMs = now()
  const open = await openSessionsSince(store, nowMs)
  const [admins, links] = await Promise.all([
    store.db.admin.findMany({
      orderBy: [{ name: "asc" }, { email: "asc" }],
      select: {
        ...{ adminId: true, email: true, name: true, role: true, createdAtMs: true, lastSignInMs: true },
        ...{ disabledAtMs: true, passwordHash: true },
        _count: { select: { sessions: { where: open } } },
      },
    }),
    store.db.adminLink.findMany({
      where: { usedAtMs: null, expiresAtMs: { gt: nowMs }, adminId: { not: null } },
      select: { adminId: true, purpose: true, expiresAtMs: true },
    }),
  ])
  const linkOf = new Map(links.map((link) => [link.adminId, link]))
  const activeOwners = admins.filter((admin) => admin.role === "owner" && stateOf(admin) === "active")
  const rows = admins.map((admin): AdminRow => {
    const { adminId, email, name, createdAtMs, lastSignInMs } = admin
    const link = linkOf.get(adminId)
    return {
      ...{ adminId, email, name, createdAtMs, lastSignInMs },
      role: toConsoleRole(admin.role),
      state: stateOf(admin),
      sessions: admin._count.sessions,
      link: link ? { purpose: link.purpose === "invite" ? "invite" : "reset", expiresAtMs: link.expiresAtMs } : null,
      isYou: adminId === me.adminId,
      isLastOwner: activeOwners.length === 1 && activeOwners[0]?.adminId === adminId,
    }
  })
  const rank = { owner: 0, approver: 1, viewer: 2 } as const
  return rows.sort((first, second) => rank[first.role] - rank[second.role])
}

function stateOf(admin: { disabledAtMs: number | null; passwordHash: string | null }): AdminState {
  if (admin.disabledAtMs !== null) return "disabled"
  return admin.passwordHash === null ? "invited" : "active"
}

/** The settings in force, their defaults, and who changed one last. */
export async function loadSettings(): Promise<SettingsNow> {
  await requireAdmin("settings.see")
  const store = currentStore()
  const [settings, last] = await Promise.all([
    currentSettings(store),
    store.db.setting.findFirst({
      where: { key: { in: settingsSchema.keyof().options } },
      orderBy: { updatedAtMs: "desc" },
      select: { updatedAtMs: true, updatedBy: true },
    }),
  ])
  return { settings, defaults: defaultSettings, changed: last && { atMs: last.updatedAtMs, by: last.updatedBy } }
}

/** Where the shared token comes from and when it was last touched. */
export async function loadSharedToken(): Promise<SharedTokenFacts> {
  await requireAdmin("secret.see")
  const store = currentStore()
  const last = async (action: string) => {
    const entry = await store.db.auditEntry.findFirst({
      where: { action },
      orderBy: [{ atMs: "desc" }, { id: "desc" }],
      select: { atMs: true, actorName: true },
    })
    return entry && { atMs: entry.atMs, by: entry.actorName }
  }
  const [lastShown, lastRotated] = await Promise.all([last("shared-secret.shown"), last("shared-secret.rotated")])
  return { source: store.sharedSecret.source, lastShown, lastRotated }
}

/** Where this gateway listens, which proxies are declared, and which were seen. */
export async function loadGateway(): Promise<GatewayFacts> {
  await requireAdmin("settings.see")
  const { gatewayInfo, presence, dialect } = currentStore()
  const consoleAddress = gatewayInfo.publicUrl ?? `http://${hostPort(gatewayInfo)}`
  return {
    deviceAddress: consoleAddress.replace(/^http/, "ws"),
    consoleAddress,
    publicUrl: gatewayInfo.publicUrl,
    listensOn: hostPort(gatewayInfo),
    proxyPort: gatewayInfo.proxyPort,
    declared: gatewayInfo.trustedProxies,
    seen: presence.proxiesSeen(),
    sockets: (await presence.counts()).connections,
    database: dialect,
  }
}

function hostPort({ host, port }: GatewayInfo): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`
}
