import type { Locator, Page } from "@playwright/test"
import { decisionsHref } from "@/lib/console/overview-links"
import { rotateToken } from "@/lib/store/rotate-token"
import { admin } from "@/lib/store/testing-connect"
import { tokenOf } from "./device"
import { arrive, expect, test } from "./fixtures"
import { look, lookAt } from "./look"

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true })

/** Follows a number to the rows of the list behind it. */
async function listed(page: Page, href: string): Promise<Locator> {
  await arrive(page, new URL(href, page.url()).href)
  await expect(page.getByRole("heading", { level: 1, name: /^(Audit|Devices|Requests)$/ })).toBeVisible()
  if (href.startsWith("/audit")) return page.getByRole("list", { name: "Entries, newest first" }).locator("> li")
  if (href.startsWith("/devices")) {
    const rows = page.getByRole("table", { name: "Devices" }).locator("tbody tr")
    // Among the blocked are keys that are no devices, which stand below the list.
    return href.includes("is=blocked")
      ? rows.or(page.getByRole("region", { name: /blocked keys? / }).getByRole("listitem"))
      : rows
  }
  return page.locator("a[data-waiting]")
}

test("every number is the number of rows of the list that it leads to", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  // It goes to the list of each number in turn.
  test.slow()
  await device("At home").enter({ scopes: ["operator.read"] })
  await device("Rack 03").enter({ role: "node" })
  // Each from elsewhere: a known address with a new key would be asked about.
  for (const [name, decision, from] of [
    ["Pixel of Jonas", /^Approve/, "192.168.1.77"],
    ["Stranger", "Reject", "192.168.1.76"],
    ["Tablet", /^Approve/, "192.168.1.79"],
  ] as const) {
    await device(name).knock({ scopes: ["operator.read"], from })
    await arrive(page, `${gate.url}/requests`)
    await page.getByRole("link", { name: new RegExp(name) }).click()
    const pane = page.getByRole("article", { name })
    await pane.getByRole("button", { name: decision }).first().click()
    await expect(page.getByRole("region", { name: "How it ended" })).toBeVisible()
  }
  const ended = page.getByRole("region", { name: "How it ended" })
  await ended.getByRole("button", { name: "Undo" }).click()
  await expect(ended.getByRole("status")).toContainText("Undone by")
  await device("Nosy one").knock({ scopes: ["operator.read"], from: "192.168.1.78" })
  await arrive(page, `${gate.url}/requests`)
  await page.getByRole("link", { name: /Nosy one/ }).click()
  await page.getByRole("article", { name: "Nosy one" }).getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Block this key" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Block the key" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toBeVisible()
  await device("Comes late").knock({ scopes: ["operator.read"], from: "192.168.1.99" })

  await arrive(page, `${gate.url}/overview`)
  await expect(
    card(page, "Waiting for a decision")
      .getByRole("link", { name: /^1 requests? wait/ })
      .first(),
  ).toBeVisible()
  const decisions = card(page, "Decisions")
  for (const [name, count] of [
    ["Approved by a person", 2],
    ["Rejected by a person", 1],
    ["Blocked by a person", 1],
    ["Approved silently by a rule", 2],
    ["Expired unseen", 0],
  ] as const) {
    const line = decisions.getByRole("listitem").filter({ hasText: name })
    await expect(line.getByRole("link")).toHaveText(new RegExp(`^${count} in 30 days$`))
  }
  const row = card(page, "By a person").getByRole("row", { name: /olga/ })
  await expect(row.getByRole("link")).toHaveText([/^1/, /^2 /, /^1 /, /^1 /])
  await expect(row).toContainText("1 approval undone")
  await expect(decisions).toContainText("Taken back since: 1 approval undone.")
  await decisions.getByText("Show as a table").click()
  await expect(decisions.getByRole("row")).toHaveCount(2)

  // A number of the page, whatever it counts, and the rows behind it.
  const links = page.locator("main a[href]:has(> .sr-only)")
  const numbers = await links.evaluateAll((all) =>
    all.map((link) => ({ href: link.getAttribute("href") ?? "", count: Number.parseInt(link.textContent ?? "", 10) })),
  )
  expect(numbers.length).toBeGreaterThan(15)
  for (const { href, count } of numbers.filter(({ href }) => !href.startsWith("#") && !href.startsWith("/overview"))) {
    await expect(await listed(page, href), href).toHaveCount(count)
  }
  expect(await store.db.auditEntry.count({ where: { action: "request.approved" } })).toBe(2)

  // The times lead to the very requests.
  await page.goto(`${gate.url}/overview`)
  await card(page, "Time to a decision").getByRole("link").first().click()
  await expect(page.getByRole("region", { name: "How it ended" })).toBeVisible()
})

test("it follows what happens, and keeps its period in the address", async ({ ownerPage: page, gate, device }) => {
  await arrive(page, `${gate.url}/overview`)
  await expect(page.getByRole("heading", { name: "Nothing to sum up yet" })).toBeVisible()
  await device("At home").enter({ scopes: ["operator.read"] })
  const silent = card(page, "Silently, by rule").getByRole("row", { name: /This machine/ })
  await expect(silent.getByRole("link")).toHaveText(/^1 /)
  await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "7 days" }).click()
  await expect(page).toHaveURL(/days=7/)
  await expect(
    card(page, "Decisions")
      .getByRole("link", { name: /in 7 days/ })
      .first(),
  ).toBeVisible()
  await device("Stranger").knock({ scopes: ["operator.read"], from: "192.168.1.99" })
  await expect(card(page, "Waiting for a decision").getByRole("link", { name: /^1 / }).first()).toBeVisible()
})

test("a rotation waits here until its device uses the new token", async ({ ownerPage: page, gate, device, store }) => {
  const laptop = device("Ops laptop")
  const first = await laptop.enter({ scopes: ["operator.read"] })
  await laptop.enter({ scopes: ["operator.read"], deviceToken: tokenOf(first) })
  await arrive(page, `${gate.url}/overview`)
  const rotations = card(page, "Rotations waiting for pickup")
  await expect(rotations.getByText("Every rotated token is in use by its device.")).toBeVisible()
  const about = { deviceId: laptop.deviceId, role: "operator", mode: { kind: "on-pickup" } } as const
  const rotated = await rotateToken(store, { ...about, rememberNarrowing: false, actor: admin, nowMs: Date.now() })
  if (!rotated.ok) throw new Error(rotated.because)
  await page.reload()
  await expect(rotations.getByText(/Not handed over yet; its old token works until \d/)).toBeVisible()
  const again = await laptop.enter({ scopes: ["operator.read"], deviceToken: tokenOf(first) })
  await expect(rotations.getByText(/Handed over, not used yet/)).toBeVisible()
  await laptop.enter({ scopes: ["operator.read"], deviceToken: tokenOf(again) })
  await expect(rotations.getByText("Every rotated token is in use by its device.")).toBeVisible()
})

test("numbers that could not be renewed say of when they are", async ({ ownerPage: page, gate, device }) => {
  await device("At home").enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/overview`)
  await page.route("**/api/overview**", (route) => route.fulfill({ status: 503, body: "" }))
  await device("Stranger").knock({ scopes: ["operator.read"], from: "192.168.1.99" })
  await expect(page.getByRole("alert").filter({ hasText: "could not be renewed" })).toBeVisible()
  await expect(card(page, "Decisions")).toBeVisible()
  await page.unroute("**/api/overview**")
  await expect(page.getByRole("alert").filter({ hasText: "could not be renewed" })).toBeHidden()
})

test("it is accessible and fits, empty and full", async ({ ownerPage: page, gate, device, store }) => {
  test.setTimeout(300_000)
  await lookAt(page, gate, "/overview", "overview-empty")
  await device("At home").enter({ scopes: ["operator.read"] })
  await device("Pixel of Jonas").knock({ scopes: ["operator.read"], from: "192.168.1.77" })
  const today = Math.floor(Date.now() / 86_400_000)
  const kinds = [
    ["request.approved", "admin", "a1", 7],
    ["request.rejected", "admin", "a2", 3],
    ["device.approved-silently", "rule", "local", 11],
    ["request.expired", "system", "", 4],
    ["device.blocked", "admin", "a1", 2],
    ["approval.undone", "admin", "a1", 1],
    ["request.reopened", "admin", "a2", 1],
  ] as const
  await store.db.decisionCount.createMany({
    data: kinds.flatMap(([action, actorKind, actor, most], kind) =>
      Array.from({ length: 88 }, (_, index) => {
        const count = Math.round(most * Math.abs(Math.sin(index * (kind + 2) * 0.37)))
        return { day: today - 1 - index, action, actorKind, actor, part: 0, count }
      }),
    ),
  })
  await lookAt(page, gate, "/overview", "overview")
  await page.getByText("Show as a table").click()
  await look(page, "overview-table")
  await lookAt(page, gate, "/overview?days=90", "overview-90")
  await page.setViewportSize({ width: 1440, height: 1400 })
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" })
  await page.screenshot({ path: "test-results/pages/overview-forced-colors.png" })
  // A column leads where its number in the table does.
  await page.emulateMedia({ forcedColors: "none" })
  const startMs = (today - 2) * 86_400_000
  const href = decisionsHref({ outcome: "silent", fromMs: startMs, untilMs: startMs + 86_400_000 })
  await expect(page.locator(`figure a[href="${href}"]`)).toHaveCount(1)
  await expect(page.locator(`table a[href="${href}"]`)).toHaveCount(1)
  await page.locator(`figure a[href="${href}"]`).click()
  await expect(page).toHaveURL(`${gate.url}${href}`)
})
