import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import { type SettingKey, type Settings, settingsSchema } from "./settings-schema"
import type { Store } from "./store"
import { inTransaction, lock } from "./transaction"

type Cached = { settings: Promise<Settings> | null }

const caches = new WeakMap<Store, Cached>()

/** The settings in force. Read once and kept until a change is told by the hub. */
export function currentSettings(store: Store): Promise<Settings> {
  const cached = cacheOf(store)
  cached.settings ??= loadSettings(store).catch((error: unknown) => {
    cached.settings = null
    throw error
  })
  return cached.settings
}

function cacheOf(store: Store): Cached {
  const known = caches.get(store)
  if (known) return known
  const cached: Cached = { settings: null }
  caches.set(store, cached)
  store.hub.subscribe((changes) => {
    if (changes.some((change) => change.kind === "settings" || change.kind === "missed")) cached.settings = null
  })
  return cached
}

async function loadSettings(store: Store): Promise<Settings> {
  const rows = await store.db.setting.findMany({ select: { key: true, value: true } })
  return toSettings(rows)
}

// A value that an older or newer version wrote and this one does not accept counts as its default.
function toSettings(rows: readonly { key: string; value: string }[]): Settings {
  const stored = Object.fromEntries(rows.map(({ key, value }) => [key, value]))
  const parsed = settingsSchema.safeParse(stored)
  if (parsed.success) return parsed.data
  const bad = new Set(parsed.error.issues.map((issue) => issue.path[0]))
  return settingsSchema.parse(Object.fromEntries(Object.entries(stored).filter(([key]) => !bad.has(key))))
}

export type ChangeSettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly because: "nothing-to-change" }
  /** These cannot be meant: out of bounds, or not of their kind. */
  | { readonly ok: false; readonly because: "mistakes"; readonly keys: readonly SettingKey[] }

/** Changes some settings, all of them or none; the others stay as they are. */
export async function changeSettings(
  store: Store,
  input: { changes: Readonly<Partial<Record<SettingKey, string | number>>>; actor: Actor; nowMs: number },
): Promise<ChangeSettingsResult> {
  const { changes, actor, nowMs } = input
  const parsed = settingsSchema.safeParse(changes)
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]))
    return { ok: false, because: "mistakes", keys: settingKeys.filter((key) => wrong.has(key)) }
  }
  const result = await inTransaction<ChangeSettingsResult>(store, async (tx) => {
    await lock(tx, "settings")
    const before = toSettings(await tx.db.setting.findMany({ select: { key: true, value: true } }))
    const changed = settingKeys.filter((key) => key in changes && before[key] !== parsed.data[key])
    if (changed.length === 0) return { ok: false, because: "nothing-to-change" }
    for (const key of changed) {
      const row = { value: String(parsed.data[key]), updatedAtMs: nowMs, updatedBy: actor.name }
      await tx.db.setting.upsert({ where: { key }, create: { key, ...row }, update: row })
    }
    const sideOf = (settings: Settings) => Object.fromEntries(changed.map((key) => [key, settings[key]]))
    await recordAudit(tx, {
      action: "settings.changed",
      actor,
      atMs: nowMs,
      before: sideOf(before),
      after: sideOf(parsed.data),
    })
    tx.announce({ kind: "settings" })
    return { ok: true, settings: { ...before, ...sideOf(parsed.data) } }
  })
  if (result.ok) cacheOf(store).settings = null
  return result
}

const settingKeys = settingsSchema.keyof().options
