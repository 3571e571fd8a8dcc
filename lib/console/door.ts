import "server-only"
import { currentStore } from "@/lib/store/instance"
import { currentSettings } from "@/lib/store/settings"

/** What strangers at the sign-in page may know. */
export type Door = {
  /** The name of this gateway in the browser's words: its host. */
  readonly place: string
  /** What the owners want everybody to read here; empty for nothing. */
  readonly notice: string
  /** False until the first owner was made, by the link that the first start printed. */
  readonly hasOwner: boolean
}

/** What stands around the sign-in form. The only loader without a gate, because it is the gate's own page. */
export async function loadDoor(): Promise<Door> {
  const store = currentStore()
  const [{ signInNotice }, owners] = await Promise.all([
    currentSettings(store),
    store.db.admin.count({ where: { role: "owner", disabledAtMs: null, passwordHash: { not: null } } }),
  ])
  const { publicUrl, host, port } = store.gatewayInfo
  const place = publicUrl === null ? `${host.includes(":") ? `[${host}]` : host}:${port}` : new URL(publicUrl).host
  return { place, notice: signInNotice, hasOwner: owners > 0 }
}
