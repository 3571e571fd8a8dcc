import type { Page } from "@playwright/test"
import { expect, test } from "./fixtures"

/** What the list asks for: all of it, or some of its rows. */
const list = /\/api\/requests(\/waiting\?.*)?$/
const lan = "192.168.1.77"
/** A page waits for its stream for a while, and then asks every 5 s, twice, before it calls it a failure. */
const noticed = { timeout: 30_000 }

/** Everything on the page that says how many requests wait, be it none. */
const counts = (page: Page) =>
  page
    .getByText(/No requests are waiting|Nothing waits/)
    .or(page.getByRole("status").filter({ hasText: /waiting$/ }))
    .filter({ visible: true })

test("without a stream the page says so, and asks for itself", async ({ ownerPage: page, gate, device }) => {
  await page.route("**/api/events", (route) => route.abort())
  await page.goto(`${gate.url}/requests`)
  await expect(page.getByText("Not live, asking every 5 s").filter({ visible: true })).toBeVisible()
  await device("Knocks unheard").knock({ scopes: ["operator.read"], from: lan })
  await expect(page.getByRole("link", { name: /Knocks unheard/ })).toBeVisible(noticed)
  await page.unroute("**/api/events")
  await expect(page.getByText(/^Live, \d/).filter({ visible: true })).toBeVisible(noticed)
})

test("a server that does not answer is no empty queue, and its return is seen", async ({ ownerPage: page, device }) => {
  await expect(counts(page)).not.toHaveCount(0)
  await page.route("**/api/**", (route) => route.abort())
  await page.reload()
  await expect(page.getByText(/The list could not be renewed\. This is the state of \d/)).toBeVisible(noticed)
  await expect(page.getByRole("heading", { name: "Whether anything waits is not known" })).toBeVisible()
  await expect(counts(page)).toHaveCount(0)

  // Read out once, as a state and not as a number of devices, wide and on a phone.
  const lost = page.getByRole("status").filter({ hasText: /^Connection lost, showing state of \d/ })
  await expect(lost).toHaveCount(1)
  await page.setViewportSize({ width: 360, height: 800 })
  await expect(lost).toHaveCount(1)
  await expect(counts(page)).toHaveCount(0)
  await page.setViewportSize({ width: 1280, height: 720 })

  await device("Knocked meanwhile").knock({ scopes: ["operator.read"], from: lan })
  await page.unroute("**/api/**")
  await expect(page.getByRole("link", { name: /Knocked meanwhile/ })).toBeVisible(noticed)
  await expect(page.getByText("could not be renewed")).toHaveCount(0)
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toHaveCount(1, noticed)
})

test("what failed once while the page is live is asked for again", async ({ ownerPage: page, device }) => {
  await expect(page.getByText(/^Live, \d/).filter({ visible: true })).toBeVisible()
  await page.route(list, (route) => route.fulfill({ status: 500 }))
  await device("Met a failure").knock({ scopes: ["operator.read"], from: lan })
  await expect(page.getByText(/The list could not be renewed/)).toBeVisible()
  await expect(counts(page)).toHaveCount(0)
  // No other change comes to remind the page.
  await page.unroute(list)
  await expect(page.getByRole("link", { name: /Met a failure/ })).toBeVisible(noticed)
  await expect(page.getByText(/The list could not be renewed/)).toHaveCount(0)
})

test("a request that could not be loaded is asked for again, as the page says", async ({ ownerPage: page, device }) => {
  await expect(page.getByText(/^Live, \d/).filter({ visible: true })).toBeVisible()
  await page.route("**/api/requests/*", (route) => route.fulfill({ status: 500 }))
  await device("Slow to show").knock({ scopes: ["operator.read"], from: lan })
  await expect(page.getByRole("alert").filter({ hasText: "It is asked again on its own." })).toBeVisible()
  await page.unroute("**/api/requests/*")
  await expect(page.getByRole("button", { name: "Approve as operator with read" })).toBeVisible(noticed)
})
