import { beforeEach, describe, expect, it } from "vitest"
import { createAdmin } from "./create-admin"
import {
  changeDeviceView,
  deleteDeviceView,
  mostViews,
  saveDeviceView,
  setDefaultDeviceView,
  type ViewHolder,
} from "./device-views"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"

describe.each(dialects)("views of the list of devices on %s", (dialect) => {
  let store: Store
  let ada: ViewHolder
  let olga: ViewHolder

  beforeEach(async () => {
    store = await openTestStore(dialect)
    ada = { adminId: await newAdmin("ada@example.org", "approver"), mayShare: false }
    olga = { adminId: await newAdmin("olga@example.org", "owner"), mayShare: true }
  })

  async function newAdmin(email: string, role: "approver" | "owner"): Promise<string> {
    const actor = { kind: "system", name: "test" } as const
    await createAdmin(store, { admin: { email, name: email, role, passwordHash: "x" }, actor, nowMs: 1 })
    return (await store.db.admin.findUniqueOrThrow({ where: { email } })).adminId
  }

  const views = async () =>
    (await store.db.deviceListView.findMany({ orderBy: { name: "asc" } })).map(({ name, query }) => `${name}: ${query}`)
  const save = (name: string, query = "is=silent") =>
    saveDeviceView(store, { adminId: ada.adminId, name, query, nowMs: 1 })
  const idOf = async (name: string) =>
    (await store.db.deviceListView.findFirstOrThrow({ where: { name }, select: { viewId: true } })).viewId

  it("are kept by name, one of each", async () => {
    expect(await save("Night")).toEqual({ ok: true })
    expect(await save("Night", "unseen=30")).toEqual({ ok: true })
    expect(await views()).toEqual(["Night: unseen=30"])
  })

  it("are renamed and deleted by whom they belong to, and shared ones by owners alone", async () => {
    await save("Night")
    const viewId = await idOf("Night")
    const bob = { adminId: "somebody", mayShare: false }
    expect(await changeDeviceView(store, { holder: bob, viewId, name: "X" })).toEqual({ ok: false, because: "gone" })
    expect(await changeDeviceView(store, { holder: olga, viewId, name: "X" })).toEqual({ ok: false, because: "gone" })
    expect(await changeDeviceView(store, { holder: ada, viewId, name: "Day" })).toEqual({ ok: true })

    await store.db.deviceListView.updateMany({ data: { isShared: true } })
    expect(await deleteDeviceView(store, { holder: ada, viewId })).toEqual({ ok: false, because: "gone" })
    expect(await views()).toEqual(["Day: is=silent"])
    expect(await deleteDeviceView(store, { holder: olga, viewId })).toEqual({ ok: true })
    expect(await views()).toEqual([])
  })

  it("are no more than a few", async () => {
    for (let index = 0; index < mostViews; index += 1) expect(await save(`View ${index}`)).toEqual({ ok: true })
    expect(await save("One more")).toEqual({ ok: false, because: "too-many" })
    expect(await save("View 3", "role=node")).toEqual({ ok: true })
  })

  it("go with their maker, and one of them may open the list", async () => {
    await save("Night")
    expect(await setDefaultDeviceView(store, { adminId: ada.adminId, viewId: await idOf("Night") })).toEqual({
      ok: true,
    })
    const admin = await store.db.admin.findUniqueOrThrow({ where: { adminId: ada.adminId } })
    expect(admin.deviceViewId).toBe(await idOf("Night"))
    expect(await store.db.auditEntry.count({ where: { deviceId: { not: null } } })).toBe(0)
    await store.db.admin.delete({ where: { adminId: ada.adminId } })
    expect(await views()).toEqual([])
  })
})
