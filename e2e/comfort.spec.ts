import type { Locator, Page } from "@playwright/test"
import { expectAccessible } from "./axe"
import { arrive, expect, test } from "./fixtures"
import { fleet } from "./fleet"
import { expectFits, expectReachable } from "./reach"

test("who wants less motion gets none", async ({ ownerPage: page, gate, device }) => {
  await device("Ops laptop").knock({ scopes: ["operator.admin"], from: "192.168.1.77" })
  await arrive(page, `${gate.url}/requests`)
  const longest = async () => {
    await page.getByRole("button", { name: /^Approve/ }).click()
    const dialog = page.getByRole("alertdialog")
    await expect(dialog).toBeVisible()
    const seconds = await dialog.evaluate((box) =>
      [box, ...document.querySelectorAll("button")].map((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element)
        return Math.max(Number.parseFloat(animationDuration), Number.parseFloat(transitionDuration))
      }),
    )
    await page.keyboard.press("Escape")
    await expect(dialog).toBeHidden()
    return Math.max(...seconds)
  }
  expect(await longest()).toBeGreaterThan(0.05)
  await page.emulateMedia({ reducedMotion: "reduce" })
  expect(await longest()).toBeLessThan(0.001)
})

test.describe("at twice the size", () => {
  // What a window of 1280 by 960 is to who magnifies it to 200 %. Every page in every state: look() in e2e/look.ts.
  test.use({ viewport: { width: 640, height: 480 }, deviceScaleFactor: 2 })

  test("a request is found, read and approved", async ({ ownerPage: page, gate, device, store }) => {
    await fleet(device)
    await arrive(page, `${gate.url}/requests`)
    await expectFits(page, "the list")
    await page.getByRole("link", { name: /Ops laptop/ }).click()
    await page.getByRole("button", { name: /^Approve approvals, admin/ }).click()
    await expectReachable(page, "the question")
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Approve/ })
      .click()
    const ended = page.getByRole("region", { name: "How it ended" })
    await expect(ended).toContainText("approved as asked")
    await expect(ended).toBeInViewport()
    await expectFits(page, "the end")
    expect(await store.db.request.count({ where: { status: "approved" } })).toBe(1)
  })
})

/** What the system's own colours are on this page. */
async function systemColours(page: Page, ...names: readonly string[]): Promise<readonly string[]> {
  return page.evaluate(
    (all) =>
      all.map((name) => {
        const sample = document.createElement("i")
        sample.style.cssText = `forced-color-adjust: none; color: ${name}`
        document.body.append(sample)
        const { color } = getComputedStyle(sample)
        sample.remove()
        return color
      }),
    names,
  )
}

async function styleOf(locator: Locator, ...properties: readonly string[]): Promise<readonly string[]> {
  return locator.evaluate(
    (element, names) => names.map((name) => getComputedStyle(element).getPropertyValue(name)),
    [...properties],
  )
}

test.describe("in forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active", reducedMotion: "reduce" } })

  test("the queue shows what has the focus, what is open and what is ticked", async ({
    ownerPage: page,
    gate,
    device,
  }) => {
    await fleet(device)
    await arrive(page, `${gate.url}/requests`)
    const [highlight = "", highlightText = "", canvas = ""] = await systemColours(
      page,
      "Highlight",
      "HighlightText",
      "Canvas",
    )
    const list = page.getByRole("list", { name: "Waiting requests" })
    await list.getByRole("link", { name: /Ops laptop/ }).click()
    const open = list.getByRole("link", { name: /Ops laptop/ })
    expect((await styleOf(open, "box-shadow"))[0]).toContain(highlight)
    expect(await styleOf(list.getByRole("link", { name: /Pixel/ }), "box-shadow")).toEqual(["none"])
    const place = page.getByRole("navigation", { name: "Console" }).getByRole("link", { name: /Requests/ })
    expect((await styleOf(place, "box-shadow"))[0]).toContain(highlight)

    // Until then the row is the last stop of the page.
    await expect(page.getByRole("article", { name: "Ops laptop" })).toBeVisible()
    await page.keyboard.press("Tab")
    expect(await styleOf(page.locator(":focus"), "outline-style", "outline-width", "outline-color")).toEqual([
      "solid",
      "3px",
      highlight,
    ])

    const tick = page.getByRole("checkbox", { name: "Grant operator.admin" })
    expect(await styleOf(tick, "background-color", "color")).toEqual([highlight, highlightText])
    await tick.click()
    expect(await styleOf(tick, "background-color")).not.toContain(highlight)
    expect(await styleOf(tick, "border-top-style", "border-top-color")).not.toContain(canvas)
    const badge = page.getByRole("article").getByText("More scopes")
    expect(await styleOf(badge, "outline-style", "outline-width")).toEqual(["solid", "1px"])
    await expectAccessible(page, "the queue", "forced")
  })

  test("switches and choices show how they stand", async ({ ownerPage: page, gate }) => {
    await page.goto(`${gate.url}/account`)
    const [highlight = "", highlightText = ""] = await systemColours(page, "Highlight", "HighlightText")
    const byTheSystem = page.getByRole("radio", { name: "As the system" })
    await expect(byTheSystem).toBeChecked()
    const dot = await byTheSystem.evaluate((radio) => getComputedStyle(radio, "::before").backgroundColor)
    expect(dot).toBe(highlight)
    const keys = page.getByRole("switch", { name: "Single-key shortcuts" })
    await expect(keys).toBeChecked()
    expect(await styleOf(keys, "background-color")).toEqual([highlight])
    expect(await styleOf(keys.locator("span"), "background-color")).toEqual([highlightText])
    await keys.click()
    await expect(keys).not.toBeChecked()
    const [track] = await styleOf(keys, "background-color")
    expect(track).not.toBe(highlight)
    expect(await styleOf(keys.locator("span"), "background-color")).not.toEqual([track])
  })

  test("drawings keep what they tell apart", async ({ ownerPage: page, gate, device }) => {
    const laptop = await fleet(device)
    await page.goto(`${gate.url}/overview`)
    const [text = "", canvas = ""] = await systemColours(page, "CanvasText", "Canvas")
    expect(text).not.toBe(canvas)
    const swatches = page.getByRole("region", { name: "Decisions", exact: true }).locator("li svg > rect")
    await expect(swatches).toHaveCount(5)
    expect(await swatches.evaluateAll((all) => all.map((rect) => getComputedStyle(rect).color))).toEqual(
      Array(5).fill(text),
    )
    // Each with a texture of its own, of which one is none.
    const fills = await swatches.evaluateAll((all) => all.map((rect) => rect.getAttribute("fill")))
    expect(new Set(fills).size).toBe(5)

    await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
    const lane = page.getByRole("figure").getByRole("listitem").filter({ hasText: "operator.write" })
    const [approved, inToken] = [lane.locator("span.h-4"), lane.locator("span.h-2")]
    expect(await styleOf(approved.first(), "border-top-style", "border-top-color")).toEqual(["solid", text])
    expect(await styleOf(inToken.first(), "background-color")).toEqual([text])
    const mark = lane.locator("[data-mark] svg").first()
    expect(await styleOf(mark, "color")).toEqual([text])
  })
})
