import type { Page } from "@playwright/test"
import { expectAccessible } from "./axe"
import { arrive, expect, test } from "./fixtures"

const list = (page: Page) => page.getByRole("list", { name: "Waiting requests" })
const row = (page: Page, name: string) => list(page).getByRole("link", { name: new RegExp(name) })
const show = (page: Page, name: string) =>
  page.getByRole("group", { name: "Show" }).getByRole("button", { name: new RegExp(`^${name}`) })
const none = (page: Page) => page.getByText("None waits for the reason “More scopes”").filter({ visible: true })

test("the queue shows what waits for one reason: keys, selection, news and the next one follow", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const [tablet, rack] = [device("Tablet"), device("Rack 03")]
  for (const each of [tablet, rack]) await each.enter({ scopes: ["operator.read"] })
  await device("Amber").knock({ scopes: ["operator.read"], from: "192.168.1.70" })
  await tablet.knock({ scopes: ["operator.read", "operator.approvals"], from: "192.168.1.71" })
  await device("Birch").knock({ scopes: ["operator.read"], from: "192.168.1.72" })
  await rack.knock({ role: "node", from: "192.168.1.73" })

  await arrive(page, `${gate.url}/overview`)
  await page
    .getByRole("row", { name: /^New device/ })
    .getByRole("link")
    .click()
  await expect(page).toHaveURL(/\/requests\?reason=not-paired$/)
  await expect(list(page).getByRole("link")).toHaveText([/Amber/, /Birch/])
  await expect(show(page, "All")).toHaveText("All4")
  await expect(show(page, "New device")).toHaveText("New device2")
  await expect(show(page, "New device")).toHaveAttribute("aria-pressed", "true")
  await expect(show(page, "More scopes")).toHaveText("More scopes1")
  await expect(page.getByRole("article", { name: "Amber" })).toBeVisible()
  await expectAccessible(page, "the queue of one reason")

  await row(page, "Amber").focus()
  await page.keyboard.press("j")
  await expect(row(page, "Birch")).toBeFocused()
  await expect(page).toHaveURL(/reason=not-paired&id=/)
  await page.keyboard.press("j")
  await expect(row(page, "Birch")).toBeFocused()

  await rack.knock({ role: "node", from: "192.168.1.73" })
  await device("Cedar").knock({ scopes: ["operator.read"], from: "192.168.1.74" })
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible()
  await expect(list(page).getByRole("link")).toHaveCount(2)
  await page.keyboard.press("x")
  await expect(page.getByRole("region", { name: "Selected requests" })).toContainText("1 selected")
  await page.getByRole("button", { name: "1 new" }).click()
  await expect(row(page, "Cedar")).toBeVisible()

  // What is shown no more is selected no more.
  await show(page, "More scopes").click()
  await expect(list(page).getByRole("link")).toHaveText([/Tablet/])
  await expect(page.getByRole("article", { name: "Tablet" })).toBeVisible()
  await expect(page.getByRole("region", { name: "Selected requests" })).toHaveCount(0)
  await page.getByRole("button", { name: "Reject" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("rejected")
  await expect(none(page)).toBeVisible()
  await expectAccessible(page, "a reason for which none waits")
  await page.getByRole("button", { name: "Show all" }).click()
  await expect(list(page).getByRole("link")).toHaveText([/Amber/, /Birch/, /Rack 03/, /Cedar/])
  await page.goBack()
  await expect(none(page)).toBeVisible()
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(4)
})

test("where more wait than the list holds, those of one reason are found behind it", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const tablet = device("Tablet")
  await tablet.enter({ scopes: ["operator.read"] })
  const nowMs = Date.now()
  await store.db.$executeRawUnsafe(`INSERT INTO "Request" ("requestId", "deviceId", "publicKey", "role", "scopes",
    "reason", "circumstances", "tries", "address", "filedAtMs", "triedAtMs", "status", "displayName")
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
    SELECT 'crowd-' || i, 'crowd-' || i, 'key-' || i, 'operator', 'operator.read', 'not-paired', '{}', 1,
    '10.0.0.' || (i % 250), ${nowMs - 5_000} + i, ${nowMs}, 'pending', 'Crowd ' || i FROM n`)
  await tablet.knock({ scopes: ["operator.read", "operator.approvals"], from: "192.168.1.71" })
  await arrive(page, `${gate.url}/requests`)
  await expect(show(page, "New device")).toHaveText("New device1 000+")
  await expect(show(page, "More scopes")).toHaveText("More scopes1")
  await expect(row(page, "Tablet")).toHaveCount(0)
  await show(page, "More scopes").click()
  await expect(list(page).getByRole("link")).toHaveText([/Tablet/])
  await page.getByRole("button", { name: "Reject" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("rejected")
  await expect(none(page)).toBeVisible()
  await arrive(page, `${gate.url}/requests?reason=not-paired`)
  await expect(row(page, "Crowd 1 ").or(row(page, "Crowd 1$")).first()).toBeVisible()
})
