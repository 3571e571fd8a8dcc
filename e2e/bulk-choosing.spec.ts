import type { Page } from "@playwright/test"
import { expectAccessible } from "./axe"
import { bar, leftOut, list, review, row, select, tick } from "./bulk"
import { knockEach, tokenOf } from "./device"
import { arrive, expect, test } from "./fixtures"

const scopes = ["operator.read", "operator.write"]

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

test("while some are selected, A and R review these, and never decide the one beside the list", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await knockEach(["Amber", "Birch", "Cedar"].map(device), ["operator.read"])
  await arrive(page, `${gate.url}/requests`)
  await expect(page.getByRole("article", { name: "Amber" }).getByRole("button", { name: /^Approve/ })).toBeEnabled()
  await select(page, ["Birch", "Cedar"])
  const dialog = page.getByRole("dialog")
  for (const key of ["a", "r"]) {
    await page.keyboard.press(key)
    await expect(dialog.getByRole("heading", { name: "Decide 2 requests" })).toBeVisible()
    await page.keyboard.press("Escape")
    await expect(dialog).toHaveCount(0)
  }
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(3)
  await page.keyboard.press("?")
  await expect(dialog).toContainText("Review those that are selected, and decide")
  await page.keyboard.press("Escape")
  await bar(page).getByRole("button", { name: "Clear" }).click()
  await page.keyboard.press("a")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  expect(await store.db.device.count()).toBe(1)
})

test("who only looks selects nothing, and what they send anyway does nothing", async ({
  ownerPage,
  gate,
  device,
  person,
  pageOf,
  store,
}) => {
  await knockEach(["Amber", "Birch"].map(device), ["operator.read"])
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
    await knockEach(["Amber", "Birch", "Cedar"].map(device), ["operator.read"])
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
