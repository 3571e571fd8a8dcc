import { arrive, expect, owner, test } from "./fixtures"

test("on a phone the first device is on the first screen, with the filters open too, and the state is not cut off", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("button", { name: "Filters" }).click()
  await expect(page.getByRole("combobox", { name: "Last seen" })).toBeVisible()
  await expect(page.getByRole("link", { name: "Ops laptop" })).toBeInViewport({ ratio: 1 })
  const state = page.getByRole("banner").getByText("Live, 1 device online")
  await expect(state).toBeVisible()
  expect(await state.evaluate((line) => line.scrollWidth <= line.clientWidth)).toBe(true)
})

test("a view is saved, opens the list, is shared, renamed and deleted", async ({
  ownerPage: page,
  gate,
  device,
  store,
  person,
  pageOf,
}) => {
  await device("Rack").enter({ role: "node" })
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices?role=node`)
  await page.getByRole("button", { name: "Save view" }).click()
  await page.getByRole("dialog").getByLabel("Name").fill("Racks")
  await page.getByRole("button", { name: "Save", exact: true }).click()
  const views = page.getByRole("navigation", { name: "Views" })
  await expect(views.getByRole("link", { name: "Racks" })).toHaveAttribute("aria-current", "page")
  const choose = async (item: string | RegExp) => {
    await views.getByRole("button", { name: /^Change the view/ }).click()
    await page.getByRole("menuitem", { name: item }).click()
  }
  await choose("Open the list with it")
  const owned = () => store.db.admin.findFirstOrThrow({ where: { email: owner.email }, select: { deviceViewId: true } })
  await expect.poll(async () => (await owned()).deviceViewId).not.toBeNull()
  await arrive(page, `${gate.url}/devices`)
  await expect(page).toHaveURL(/role=node/)
  await expect(page.getByRole("row", { name: /Ops laptop/ })).toHaveCount(0)
  await views.getByRole("link", { name: "All devices" }).click()
  await expect(page.getByRole("row", { name: /Ops laptop/ })).toBeVisible()

  await views.getByRole("link", { name: "Racks" }).click()
  await expect(page).toHaveURL(/role=node/)
  await choose("Share with everybody")
  await expect(views.getByLabel("shared")).toBeVisible()
  const viewer = await pageOf(await person("viewer"))
  await arrive(viewer, `${gate.url}/devices`)
  await viewer.getByRole("link", { name: "Racks" }).click()
  await expect(viewer.getByRole("row", { name: /Rack/ })).toBeVisible()
  await viewer.getByRole("button", { name: /^Change the view/ }).click()
  await expect(viewer.getByRole("menuitem")).toHaveText(["Open the list with it"])

  await choose("Rename")
  await page.getByRole("dialog").getByLabel("Name").fill("All racks")
  await page.getByRole("button", { name: "Save", exact: true }).click()
  await expect(views.getByRole("link", { name: "All racks" })).toBeVisible()
  await choose("Delete")
  await expect(views.getByRole("link")).toHaveCount(0)
  expect(await store.db.deviceListView.count()).toBe(0)
})

test("folded keys of a machine unfold in place, by key, and are asked for only then", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const keys = [device("Workshop PC"), device("Workshop PC"), device("Workshop PC")]
  for (const key of keys) {
    await key.enter({ scopes: ["operator.read"] })
    await key.leave()
  }
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  const asked: string[] = []
  page.on("request", (request) => {
    if (request.url().endsWith("/keys")) asked.push(request.url())
  })
  await arrive(page, `${gate.url}/devices`)
  const table = page.getByRole("table", { name: "Paired devices" })
  const links = table.getByRole("link", { name: "Workshop PC" })
  await expect(links).toHaveCount(1)
  const fold = table.getByRole("button", { name: "3 keys of this machine" })
  await expect(fold).toHaveAttribute("aria-expanded", "false")
  expect(asked).toEqual([])

  await fold.focus()
  await page.keyboard.press("Enter")
  await expect(fold).toHaveAttribute("aria-expanded", "true")
  await expect(fold).toBeFocused()
  const older = table.getByRole("row", { name: /An older key of the same machine/ })
  await expect(older).toHaveCount(2)
  expect(asked).toHaveLength(1)
  // Right below the newest, the older the lower.
  const ids = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")))
  expect(ids).toEqual(keys.toReversed().map(({ deviceId }) => `/devices/${deviceId}`))
  await page.keyboard.press("Tab")
  await expect(table.getByRole("link", { name: "Merge" })).toBeFocused()
  await page.keyboard.press("Tab")
  await expect(older.first().getByRole("checkbox")).toBeFocused()
  await page.keyboard.press("Space")
  await expect(page.getByText("1 selected")).toBeVisible()

  await fold.focus()
  await page.keyboard.press("Space")
  await expect(fold).toHaveAttribute("aria-expanded", "false")
  await expect(older).toHaveCount(0)
})

test("unfolded keys that could not be loaded are not taken for none", async ({ ownerPage: page, gate, device }) => {
  for (const key of [device("Workshop PC"), device("Workshop PC")]) await key.enter({ scopes: ["operator.read"] })
  await page.route("**/keys", (route) => route.fulfill({ status: 503, body: "" }))
  await arrive(page, `${gate.url}/devices`)
  await page.getByRole("button", { name: "2 keys of this machine" }).click()
  await expect(page.getByRole("alert").filter({ hasText: "The other keys could not be loaded." })).toBeVisible()
  await page.unroute("**/keys")
  await expect(page.getByRole("row", { name: /An older key of the same machine/ })).toHaveCount(1)
})

test("older keys of a machine are folded under the newest, set side by side, and merged", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const keys = []
  for (const scopes of [["operator.read", "operator.admin"], ["operator.read", "operator.write"], ["operator.read"]]) {
    const key = device("Workshop PC")
    await key.enter({ scopes })
    await key.leave()
    keys.push(key.deviceId)
  }
  const [withAdmin = "", older = "", newest = ""] = keys
  await store.db.device.update({ where: { deviceId: older }, data: { label: "Old PC", note: "By the saw." } })
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices`)
  const rows = page.getByRole("row", { name: /keys of this machine/ })
  await expect(rows).toHaveCount(1)
  await expect(page.getByText("4 paired")).toBeVisible()
  expect(await (await page.request.get(`${gate.url}/api/devices/export`)).text()).toContain(older)
  await page.getByRole("button", { name: "Duplicates 3" }).click()
  await expect(rows).toHaveCount(3)
  await page.getByRole("button", { name: "Clear" }).click()
  await expect(rows).toHaveCount(1)
  await rows.getByRole("link", { name: "Merge" }).click()
  // In half a window, too, all of them are seen without scrolling sideways.
  await page.setViewportSize({ width: 768, height: 1200 })
  await expect(page.getByRole("radio")).toHaveCount(3)
  for (const choice of await page.getByRole("radio").all()) {
    const box = await choice.boundingBox()
    expect((box?.x ?? 0) + (box?.width ?? 9_999)).toBeLessThan(768)
  }
  await page.setViewportSize({ width: 1280, height: 720 })
  const way = page.getByRole("navigation", { name: "Breadcrumb" })
  await expect(way.getByRole("link", { name: "Devices" })).toHaveAttribute("href", "/devices")
  const widths = await page
    .getByRole("region", { name: /PC/ })
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().width))
  expect(widths).toHaveLength(3)
  expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(3)

  const column = page.getByRole("region", { name: "Old PC" })
  await expect(column).toContainText("By the saw.")
  await expect(column).toContainText("write")
  await expect(page.getByRole("radio").first()).toBeChecked()
  await page.getByRole("button", { name: "Remove the other 2 devices" }).click()
  const going = page.getByRole("dialog").getByRole("region", { name: "What is removed" })
  await expect(going.getByRole("listitem")).toHaveText([/Old PC/, /Workshop PC/])
  await page.getByRole("dialog").getByRole("button", { name: "Remove 2 devices" }).click()
  const done = page.getByRole("dialog", { name: "1 of 2 removed" })
  await expect(done.getByRole("listitem").filter({ hasText: "refused" })).toContainText("cut off the last way")
  const left = await store.db.device.findMany({ where: { displayName: "Workshop PC" } })
  expect(left.map(({ deviceId }) => deviceId).sort()).toEqual([withAdmin, newest].sort())
  expect(left.find(({ deviceId }) => deviceId === newest)).toMatchObject({
    ...{ label: "Old PC", note: "By the saw.", approvedScopes: "operator.read" },
  })
  const entries = await store.db.auditEntry.findMany({ where: { action: "device.removed" } })
  expect(entries.map(({ deviceId, actorName }) => [deviceId, actorName])).toEqual([[older, owner.name]])
})
