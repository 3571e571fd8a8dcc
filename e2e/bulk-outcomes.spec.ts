import { expectAccessible } from "./axe"
import { bar, leftOut, review, row, select, tick } from "./bulk"
import { knockEach, refusalOf } from "./device"
import { arrive, expect, test } from "./fixtures"

const scopes = ["operator.read", "operator.write"]

test("what is dangerous, a new role or changed is left out until it is confirmed by itself", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const [plain, admin, changed, rack] = [device("Plain"), device("Wants all"), device("Mover"), device("Rack 03")]
  await rack.enter({ scopes: ["operator.read"] })
  await rack.knock({ role: "node", from: "192.168.1.73" })
  await plain.knock({ scopes, from: "192.168.1.70" })
  await admin.knock({ scopes: ["operator.read", "operator.admin"], from: "192.168.1.71" })
  await changed.knock({ scopes: ["operator.read"], from: "192.168.1.72" })
  await arrive(page, `${gate.url}/requests`)
  await select(page, ["Rack 03", "Plain", "Wants all", "Mover"])
  await expect(bar(page)).toContainText("4 selected")
  await changed.knock({ scopes: ["operator.read", "operator.write"], from: "192.168.1.72" })
  await expect(bar(page)).toContainText("3 selected, 1 ended")
  await expect(tick(page, "Mover")).not.toBeChecked()

  const dialog = await review(page)
  await expect(dialog.getByRole("row", { name: /Plain/ })).toBeVisible()
  await expect(dialog.getByRole("table").getByRole("row")).toHaveCount(2)
  const about = (name: string) => leftOut(page).getByRole("listitem").filter({ hasText: name }).first()
  await expect(about("Wants all")).toContainText("It would be given what hands over the gateway itself.")
  await expect(about("Wants all")).toContainText(admin.fingerprint)
  await expect(about("Wants all")).toContainText("operator.admin: ")
  await expect(about("Rack 03")).toContainText("It is paired, and would take on a new role.")
  await expect(about("Mover")).toContainText("It asks for something else than when it was selected.")
  await expectAccessible(page, "the summary with what is left out")
  await expect(dialog.getByRole("button", { name: "Approve 1", exact: true })).toBeEnabled()
  await dialog.getByRole("checkbox", { name: "Confirm: Approve as operator with read, admin for Wants all" }).click()
  await expect(dialog.locator("dl")).toHaveText(/Devices\s*2\s*Widest grant\s*operator\.admin: /)
  await dialog.getByRole("button", { name: "Approve 2", exact: true }).click()
  await expect(dialog.getByRole("heading", { name: "2 of 4 approved" })).toBeVisible()
  const outcome = (name: string) => dialog.getByRole("listitem").filter({ hasText: name })
  await expect(outcome("Rack 03")).toContainText(
    "left out, and still waits: It is paired, and would take on a new role.",
  )
  await expect(outcome("Mover")).toContainText("left out, and still waits")
  await expectAccessible(page, "the outcomes with what is left out")

  const waiting = await store.db.request.findMany({ where: { status: "pending" }, select: { deviceId: true } })
  expect(waiting.map(({ deviceId }) => deviceId).sort()).toEqual([changed.deviceId, rack.deviceId].sort())
  const scopesOf = async ({ deviceId }: { deviceId: string }) =>
    (await store.db.device.findUnique({ where: { deviceId } }))?.approvedScopes
  expect(await scopesOf(plain)).toBe(scopes.join(" "))
  expect(await scopesOf(admin)).toBe("operator.read operator.admin")
  expect(await scopesOf(changed)).toBeUndefined()
  expect(await store.db.device.findUnique({ where: { deviceId: rack.deviceId } })).toMatchObject({ roles: "operator" })
})

test("rejected together, each device is told why", async ({ ownerPage: page, gate, device, store }) => {
  const [one, two] = [device("Amber"), device("Birch")]
  await one.knock({ scopes, from: "192.168.1.70" })
  await two.knock({ scopes: ["operator.admin"], from: "192.168.1.71" })
  await arrive(page, `${gate.url}/requests`)
  await select(page, ["Amber", "Birch"])
  const dialog = await review(page)
  await dialog.getByRole("button", { name: "Reject 2…" }).click()
  await expect(dialog.getByRole("heading", { name: "Reject 2 requests?" })).toBeVisible()
  await expectAccessible(page, "the rejection")
  await dialog.getByLabel("Told to the device").fill("Ask at the desk first")
  // The list may be slower than who reads the outcomes.
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route("**/api/requests", async (route) => {
    await isReleased
    await route.continue()
  })
  await dialog.getByRole("button", { name: "Reject 2", exact: true }).click()
  await expect(dialog.getByRole("heading", { name: "2 of 2 rejected" })).toBeVisible()
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(row(page, "Amber")).toBeFocused()
  release()
  await expect(page.locator("[data-slot=queue-name]")).toBeFocused()
  expect(await store.db.request.count({ where: { status: "rejected" } })).toBe(2)
  for (const each of [one, two]) {
    const asked = each === one ? scopes : ["operator.admin"]
    const refusal = refusalOf(await each.knock({ scopes: asked, from: "192.168.1.70" }))
    expect(JSON.stringify(refusal)).toContain("Ask at the desk first")
    const { deviceId } = each
    expect(await store.db.auditEntry.count({ where: { deviceId, action: "request.rejected" } })).toBe(1)
  }
})

test("one that ended meanwhile says how, and the others go through", async ({
  ownerPage: page,
  gate,
  device,
  person,
  pageOf,
  store,
}) => {
  const [one, two, three] = [device("Amber"), device("Birch"), device("Cedar")]
  await knockEach([one, two, three], ["operator.read"])
  await arrive(page, `${gate.url}/requests`)
  await select(page, ["Amber", "Birch", "Cedar"])
  const dialog = await review(page)
  const other = await pageOf(await person("approver", "Mara"))
  await arrive(other, `${gate.url}/requests`)
  await other.getByRole("link", { name: /Birch/ }).click()
  await other.getByRole("button", { name: "Reject" }).click()
  await expect(other.getByRole("region", { name: "How it ended" })).toContainText("rejected")

  await dialog.getByRole("button", { name: "Approve 3", exact: true }).click()
  await expect(dialog.getByRole("heading", { name: "2 of 3 approved" })).toBeVisible()
  const outcome = dialog.getByRole("listitem").filter({ hasText: "Birch" })
  await expect(outcome).toContainText("Somebody else was faster. It was rejected by Mara at")
  expect(await store.db.device.count()).toBe(2)
  expect(await store.db.request.count({ where: { status: "approved" } })).toBe(2)

  // The way back from one of them is on its own page.
  await dialog.getByRole("link", { name: "Amber" }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole("article", { name: "Amber" }).getByRole("button", { name: "Undo" })).toBeVisible()
})
