import type { Locator } from "@playwright/test"
import { arrive, expect, test } from "./fixtures"

const size = { width: 360, height: 740 }
/** What a thumb hits without looking twice is 44 high and wide; measured from its middle it may miss one. */
const thumb = 44 - 1

test.use({ viewport: size, hasTouch: true, isMobile: true })

/** The place that reacts to a touch of this element: it may reach beyond what is drawn. */
async function touched(part: Locator) {
  return part.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    const [left, top] = [x + width / 2, y + height / 2]
    const hits = (atX: number, atY: number) => {
      const hit = document.elementFromPoint(atX, atY)
      return hit !== null && (element === hit || element.contains(hit))
    }
    let [across, down] = [0, 0]
    for (let away = 0; away < 200; away += 0.5) {
      if (across === away && hits(left - away, top) && hits(left + away, top)) across = away + 0.5
      if (down === away && hits(left, top - away) && hits(left, top + away)) down = away + 0.5
    }
    return { middle: top, width: across * 2, height: down * 2 }
  })
}

test("queue and decision are in reach of one thumb", async ({ ownerPage: page, gate, device, store }) => {
  const asked = ["operator.read", "operator.approvals"]
  await device("Pixel of Jonas").knock({ scopes: asked, from: "192.168.1.77" })
  await arrive(page, `${gate.url}/requests`)
  const row = page.getByRole("link", { name: /Pixel of Jonas/ })
  await expect(row).toBeVisible()
  await page.screenshot({ path: "test-results/pages/phone-queue.png" })
  const bar = page.getByRole("navigation", { name: "Console" }).filter({ visible: true })
  const inQueue = [row, page.getByRole("button", { name: "Search" }), page.getByRole("button", { name: /olga/ })]
  for (const part of [...inQueue, bar.getByRole("link", { name: "Requests" })]) {
    const { width, height } = await touched(part)
    expect(Math.min(width, height), String(part)).toBeGreaterThanOrEqual(thumb)
  }
  expect((await touched(bar.getByRole("link", { name: "Devices" }))).middle).toBeGreaterThan(size.height / 2)

  await row.tap()
  const pane = page.getByRole("article", { name: "Pixel of Jonas" })
  const approve = pane.getByRole("button", { name: /^Approve/ })
  await expect(approve).toBeVisible()
  await page.screenshot({ path: "test-results/pages/phone-decision.png" })
  expect((await touched(page.getByRole("link", { name: "All requests" }))).height).toBeGreaterThanOrEqual(thumb)
  const inPane = [approve, pane.getByRole("button", { name: "Reject" }), pane.getByRole("button", { name: "More" })]
  for (const part of inPane) {
    const { middle, width, height } = await touched(part)
    expect(middle, String(part)).toBeGreaterThan(size.height / 2)
    expect(Math.min(width, height), String(part)).toBeGreaterThanOrEqual(thumb)
  }
  const tick = pane.getByRole("checkbox", { name: "Grant operator.approvals" })
  await tick.evaluate((element) => element.scrollIntoView({ block: "center" }))
  const { width, height } = await touched(tick)
  expect(Math.min(width, height), "the tick").toBeGreaterThanOrEqual(thumb)
  await tick.tap()
  await approve.tap()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("without approvals")
  expect(await store.db.device.count({ where: { approvedScopes: "operator.read" } })).toBe(1)
})

test("new rows wait behind a button that a thumb hits, while a request is open", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await device("First").knock({ scopes: ["operator.read"], from: "192.168.1.70" })
  await arrive(page, `${gate.url}/requests`)
  await page.getByRole("link", { name: /First/ }).tap()
  await expect(page.getByRole("button", { name: /^Approve/ })).toBeVisible()
  await device("Second").knock({ scopes: ["operator.read"], from: "192.168.1.71" })
  await expect(page).toHaveTitle(/^\(2\)/)
  await page.getByRole("link", { name: "All requests" }).tap()
  // Nobody decides any more, so nothing waits.
  await expect(page.getByRole("link", { name: /Second/ })).toBeVisible()
  await expect(page.getByRole("button", { name: /new$/ })).toHaveCount(0)
})

test("the open tab of the settings is in view, and as high as a thumb needs", async ({ ownerPage: page, gate }) => {
  for (const [path, name] of [
    ["upstream", "Upstream"],
    ["admins", "People"],
  ] as const) {
    await arrive(page, `${gate.url}/settings/${path}`)
    const tab = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name })
    await expect(tab).toBeInViewport({ ratio: 0.95 })
    expect((await touched(tab)).height).toBeGreaterThanOrEqual(thumb)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
  }
  await page.getByRole("link", { name: "Gateway" }).tap()
  await expect(page).toHaveURL(/gateway/)
  await expect(page.getByRole("link", { name: "Gateway" })).toBeInViewport({ ratio: 0.95 })
})
