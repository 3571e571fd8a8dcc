import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "@playwright/test"
import type { AxeResults } from "axe-core"
import { expect } from "./fixtures"

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/**
 * Holds a page against the rules of accessibility; names each rule that it breaks, and where. Where the reader's own
 * colours are forced on it, contrast is theirs; axe would take the colour that the browser leaves unused.
 */
export async function expectAccessible(page: Page, name: string, colours: "ours" | "forced" = "ours"): Promise<void> {
  // Through the debugger, which the page's content security policy does not bind.
  await page.evaluate(source)
  await settled(page)
  const { violations } = await page.evaluate<AxeResults>(
    colours === "ours" ? "axe.run()" : "axe.run({ rules: { 'color-contrast': { enabled: false } } })",
  )
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)
  expect(found, name).toEqual([])
}

/** Waits until whatever comes in has come: half-way a colour is neither of the two. What never ends is not waited for. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ playState }) => playState === "running")
      .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)))
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}
