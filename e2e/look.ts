import type { Locator, Page } from "@playwright/test"
import { expectAccessible } from "./axe"
import { expect, type Gate } from "./fixtures"
import { expectFits, expectReachable, magnified } from "./reach"

const themes = ["light", "dark"] as const
const narrow = 360
export const widths = [narrow, 820, 1440] as const
const widest = 1600

/**
 * Looks at a page as it is for everybody: in both themes, from a phone to a wide screen, magnified, and in forced
 * colours. It breaks no rule of accessibility, fits its window, and is kept as pictures.
 */
export async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await expectFits(page, name)
      await keep(page, `${name}-${width}-${colorScheme}`)
      if (width !== 820) await expectAccessible(page, `${name}, ${colorScheme}, ${width}`)
    }
  }
  await lookMagnified(page, name)
  await page.setViewportSize({ width: 1440, height: 900 })
  await lookForced(page, name)
  await page.setViewportSize({ width: widest, height: 900 })
  await expectFits(page, name)
}

async function keep(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/pages/${name}.png`, animations: "disabled" })
}

async function lookMagnified(page: Page, name: string): Promise<void> {
  for (const { name: how, ...window } of magnified) {
    await page.setViewportSize(window)
    await expectFits(page, `${name}, ${how}`)
    await keep(page, `${name}-${how}`)
    await expectReachable(page, `${name}, ${how}`)
  }
}

async function lookForced(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark", reducedMotion: "reduce" })
  await keep(page, `${name}-forced-colours`)
  await expectAccessible(page, `${name}, forced colours`, "forced")
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce" })
}

async function expectWithin(dialog: Locator, name: string): Promise<void> {
  const surplus = await dialog.evaluate((box) => [box.scrollWidth - box.clientWidth, box.getBoundingClientRect().left])
  expect(surplus[0], `${name} is wider than its window`).toBe(0)
  expect(surplus[1], `${name} begins outside of its window`).toBeGreaterThanOrEqual(0)
}

/** Opens a dialog, looks at it as at a page, and leaves it by its key: once for each step that was made into it. */
export async function lookAtDialog(page: Page, name: string, open: () => Promise<void>, steps = 1): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await open()
  const dialog: Locator = page.locator("[role=dialog], [role=alertdialog]")
  await expect(dialog).toBeVisible()
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await expectWithin(dialog, `${name}, ${width}`)
      await keep(page, `${name}-${width}-${colorScheme}`)
      if (width !== 820) await expectAccessible(page, `${name}, ${colorScheme}, ${width}`)
    }
  }
  await lookForced(page, name)
  await lookMagnified(page, name)
  for (let step = 0; step < steps; step++) await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
}

/** Opens a page, and looks at it. */
export async function lookAt(page: Page, gate: Gate, path: string, name: string): Promise<void> {
  await page.goto(gate.url + path)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await look(page, name)
}
