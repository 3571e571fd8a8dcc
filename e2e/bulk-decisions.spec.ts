import type { Page } from "@playwright/test"
import { expectAccessible } from "./axe"
import { refusalOf, tokenOf } from "./device"
import { arrive, expect, test } from "./fixtures"

const scopes = ["operator.read", "operator.write"]

const list = (page: Page) => page.getByRole("list", { name: "Waiting requests" })
const row = (page: Page, name: string) => list(page).getByRole("link", { name: new RegExp(name) })
const tick = (page: Page, name: string) => list(page).getByRole("checkbox", { name: `Select ${name}` })
const bar = (page: Page) => page.getByRole("region", { name: "Selected requests" })
const leftOut = (page: Page) => page.getByRole("dialog").getByRole("region", { name: "Left out" })

async function review(page: Page) {
  await bar(page).getByRole("button", { name: "Review and decide" }).click()
  const dialog = page.getByRole("dialog")
  await expect(dialog.getByRole("button", { name: /^Approve/ })).toBeVisible()
  return dialog
}

test("selected with mouse and keys, seen in one summary, approved: each device gets its token", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const [one, two, three, four] = [device("Amber"), device("Birch"), device("Cedar"), device("Dune")]
  for (const [index, each] of [one, two, three, four].entries())
    await each.knock({ scopes: index === 1 ? ["operator.read"] : scopes, from: `192.168.1.${70 + index}` })
  await arrive(page, `${gate.url}/requests`)
  await expect(row(page, "Dune")).toBeVisible()
  await row(page, "Amber").hover()
  await tick(page, "Amber").click()
  await expect(bar(page)).toContainText("1 selected")
  await row(page, "Amber").focus()
  await page.keyboard.press("j")
  await expect(row(page, "Birch")).toBeFocused()
  await page.keyboard.press("j")
  await expect(row(page, "Cedar")).toBeFocused()
  await page.keyboard.press("Shift+X")
  await expect(bar(page)).toContainText("3 selected")
  await page.keyboard.press("j")
  await expect(row(page, "Dune")).toBeFocused()
  await page.keyboard.press("x")
  await expect(bar(page)).toContainText("4 selected")
  await page.keyboard.press("x")
  await expect(tick(page, "Dune")).not.toBeChecked()
  await expect(bar(page)).toContainText("3 selected")

  const dialog = await review(page)
  await expect(dialog.getByRole("heading", { name: "Decide 3 requests" })).toBeVisible()
  await expect(dialog.locator("dl")).toHaveText(/Devices\s*3\s*Widest grant\s*operator\.write: /)
  const birch = dialog.getByRole("row", { name: /Birch/ })
  await expect(birch).toContainText(two.fingerprint)
  await expect(birch).toContainText("192.168.1.71")
  await expect(birch.getByRole("cell").last()).toHaveText("operator with read")
  await expect(leftOut(page)).toHaveCount(0)
  await expectAccessible(page, "the summary")
  await dialog.getByLabel(/^Note for the record/).fill("the new meeting rooms")
  await dialog.getByRole("button", { name: "Approve 3", exact: true }).click()

  await expect(dialog.getByRole("heading", { name: "3 of 3 approved" })).toBeVisible()
  await expect(dialog.getByRole("region", { name: "What became of each request" }).getByRole("listitem")).toHaveText([
    /Amber approved/,
    /Birch approved/,
    /Cedar approved/,
  ])
  await expectAccessible(page, "the outcomes")
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(list(page).getByRole("link")).toHaveText([/Dune/])
  await expect(row(page, "Dune")).toBeFocused()
  await expect(bar(page)).toHaveCount(0)

  for (const each of [one, two, three]) {
    const { deviceId } = each
    const record = await store.db.device.findUniqueOrThrow({ where: { deviceId } })
    expect(record.approvedScopes).toBe(each === two ? "operator.read" : scopes.join(" "))
    const entries = await store.db.auditEntry.findMany({ where: { deviceId, action: "request.approved" } })
    expect(entries).toMatchObject([{ actorName: "olga", note: "the new meeting rooms" }])
    const entered = await each.enter({ scopes: each === two ? ["operator.read"] : scopes, from: "192.168.1.99" })
    expect(tokenOf(entered)).toBeTruthy()
  }
  expect(await store.db.device.count()).toBe(3)
})

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
  for (const name of ["Rack 03", "Plain", "Wants all", "Mover"]) {
    await row(page, name).hover()
    await tick(page, name).click()
  }
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
  await expect(dialog.getByRole("heading", { name: "2 of 2 approved" })).toBeVisible()

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
  for (const name of ["Amber", "Birch"]) {
    await row(page, name).hover()
    await tick(page, name).click()
  }
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
  for (const [index, each] of [one, two, three].entries())
    await each.knock({ scopes: ["operator.read"], from: `192.168.1.${70 + index}` })
  await arrive(page, `${gate.url}/requests`)
  for (const name of ["Amber", "Birch", "Cedar"]) {
    await row(page, name).hover()
    await tick(page, name).click()
  }
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

test("who only looks selects nothing, and what they send anyway does nothing", async ({
  ownerPage,
  gate,
  device,
  person,
  pageOf,
  store,
}) => {
  for (const [index, name] of ["Amber", "Birch"].entries())
    await device(name).knock({ scopes: ["operator.read"], from: `192.168.1.${70 + index}` })
  const viewer = await pageOf(await person("viewer"))
  await arrive(viewer, `${gate.url}/requests`)
  await expect(row(viewer, "Birch")).toBeVisible()
  await expect(list(viewer).getByRole("checkbox")).toHaveCount(0)
  await viewer.keyboard.press("x")
  await expect(bar(viewer)).toHaveCount(0)

  await arrive(ownerPage, `${gate.url}/requests`)
  await ownerPage.keyboard.press("x")
  const dialog = await review(ownerPage)
  const sent = ownerPage.waitForRequest((request) => "next-action" in request.headers())
  await ownerPage.route("**/*", (route) =>
    "next-action" in route.request().headers() ? route.abort() : route.continue(),
  )
  await dialog.getByRole("button", { name: "Approve 1", exact: true }).click()
  const request = await sent
  await ownerPage.unroute("**/*")
  const { "next-action": action = "", "content-type": type = "", accept = "" } = request.headers()
  const send = (page: Page) =>
    page.request.post(request.url(), {
      headers: { "next-action": action, "content-type": type, accept, origin: new URL(request.url()).origin },
      data: request.postDataBuffer() ?? "",
    })
  await send(viewer)
  expect(await store.db.device.count()).toBe(0)
  await send(ownerPage)
  expect(await store.db.device.count()).toBe(1)
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

  test("a touch selects rows once one has said so, and opens them otherwise", async ({
    ownerPage: page,
    gate,
    device,
    store,
  }) => {
    for (const [index, name] of ["Amber", "Birch", "Cedar"].entries())
      await device(name).knock({ scopes: ["operator.read"], from: `192.168.1.${70 + index}` })
    await arrive(page, `${gate.url}/requests`)
    await expect(row(page, "Cedar")).toBeVisible()
    await expect(list(page).getByRole("checkbox")).toHaveCount(0)
    await page.getByRole("button", { name: "Select", exact: true }).tap()
    await row(page, "Amber").tap()
    await row(page, "Cedar").tap()
    await tick(page, "Birch").tap()
    await tick(page, "Birch").tap()
    await expect(bar(page)).toContainText("2 selected")
    await page.screenshot({ path: "test-results/pages/phone-select.png" })
    await bar(page).getByRole("button", { name: "Review and decide" }).tap()
    const dialog = page.getByRole("dialog")
    const approve = dialog.getByRole("button", { name: "Approve 2", exact: true })
    await expect(approve).toBeInViewport()
    const box = await approve.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(43)
    await page.screenshot({ path: "test-results/pages/phone-together.png" })
    await approve.tap()
    await dialog.getByRole("button", { name: "Done" }).tap()
    await expect(list(page).getByRole("link")).toHaveText([/Birch/])
    await expect(list(page).getByRole("checkbox")).toHaveCount(0)
    expect(await store.db.device.count()).toBe(2)
    await row(page, "Birch").tap()
    await expect(page.getByRole("article", { name: "Birch" })).toBeVisible()
  })
})
