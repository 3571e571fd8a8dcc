import type { Locator, Page } from "@playwright/test"
import { expectAccessible } from "./axe"
import { expect, type Gate } from "./fixtures"

const themes = ["light", "dark"] as const
const narrow = 360
export const widths = [narrow, 820, 1440] as const
const widest = 1600

/** Looks at a page in both themes: it breaks no rule of accessibility, fits its window, and is kept as a picture. */
export async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await expectFits(page, name, width)
      await page.screenshot({ path: `test-results/pages/${name}-${width}-${colorScheme}.png`, animations: "disabled" })
      if (width !== 820) await expectAccessible(page, `${name}, ${colorScheme}, ${width}`)
    }
  }
  await page.setViewportSize({ width: widest, height: 900 })
  await expectFits(page, name, widest)
}

async function expectFits(page: Page, name: string, width: number): Promise<void> {
  const surplus = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(surplus, `${name} is wider than a window of ${width}`).toBe(0)
}

/** Opens a dialog, looks at it in both themes, that it fits a phone and breaks no rule, and leaves it by its key. */
export async function lookAtDialog(page: Page, name: string, open: () => Promise<void>): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await open()
  const dialog: Locator = page.locator("[role=dialog], [role=alertdialog]")
  await expect(dialog).toBeVisible()
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await page.screenshot({ path: `test-results/pages/${name}-1440-${colorScheme}.png`, animations: "disabled" })
    await expectAccessible(page, `${name}, ${colorScheme}`)
  }
  await page.setViewportSize({ width: narrow, height: 900 })
  const surplus = await dialog.evaluate((box) => [box.scrollWidth - box.clientWidth, box.getBoundingClientRect().left])
  expect(surplus[0], `${name} is wider than a phone`).toBe(0)
  expect(surplus[1], `${name} begins outside of a phone`).toBeGreaterThanOrEqual(0)
  await page.screenshot({ path: `test-results/pages/${name}-${narrow}-dark.png`, animations: "disabled" })
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
}

/** Opens a page, and looks at it. */
export async function lookAt(page: Page, gate: Gate, path: string, name: string): Promise<void> {
  await page.goto(gate.url + path)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await look(page, name)
}
