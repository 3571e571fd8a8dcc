import type { Page } from "@playwright/test"
import { expect } from "./fixtures"

/** A window of 1280 by 960, as it is for who makes everything twice as large, and four times. */
export const magnified = [
  { name: "200-percent", width: 640, height: 480 },
  { name: "400-percent", width: 320, height: 400 },
] as const

/** The page scrolls down, and never sideways. */
export async function expectFits(page: Page, name: string): Promise<void> {
  const [surplus, width] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth - clientWidth, clientWidth]
  })
  expect(surplus, `${name} is wider than a window of ${width}`).toBe(0)
}

/** Whatever can be pressed or filled in can be scrolled to and hit, and no words are cut off. */
export async function expectReachable(page: Page, name: string): Promise<void> {
  const found = await page.evaluate(() => {
    const says = (element: Element) =>
      `${element.tagName.toLowerCase()} "${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 60)}"`
    const dialog = [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].at(-1)
    const place = dialog ?? document.body
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      return element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1
    }
    const problems: string[] = []
    const tallestButton = 120

    // The link past the navigation shows itself when it has the focus. Marks of a drawing may lie on each other: arrow keys reach each.
    const pressed =
      "a[href]:not([href='#main']), button:enabled, input:enabled, textarea:enabled, select:enabled, summary, [tabindex='0']:not([role=radiogroup])"
    for (const element of place.querySelectorAll(pressed)) {
      if (!isSeen(element) || element.closest("[aria-hidden=true], [data-mark]")) continue
      element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" })
      const { left, right, top, bottom } = element.getBoundingClientRect()
      if (element.tagName === "BUTTON" && bottom - top > tallestButton) problems.push(`${says(element)} is squeezed`)
      if (left < 0 || right > innerWidth) problems.push(`${says(element)} stands out of the window`)
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      const isHit = hit !== null && (element.contains(hit) || hit.contains(element))
      if (!isHit) problems.push(`${says(element)} is covered by ${hit ? says(hit) : "nothing that can be hit"}`)
    }

    for (const element of place.querySelectorAll("*")) {
      if (!(element instanceof HTMLElement) || !isSeen(element) || element.closest("[aria-hidden=true]")) continue
      const { overflowX, textOverflow } = getComputedStyle(element)
      const hasWords = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      )
      const isWhole = element.scrollWidth <= element.clientWidth + 1
      if (!hasWords || isWhole || (overflowX !== "hidden" && overflowX !== "clip")) continue
      // A row of a list may end in dots: it opens the whole. What names or does something may not.
      const names = element.closest("h1, h2, h3, th, label, button, [role=dialog], [role=alertdialog]")
      if (textOverflow !== "ellipsis" || names !== null) problems.push(`${says(element)} is cut off`)
    }
    document.documentElement.scrollTo({ top: 0, behavior: "instant" })
    return [...new Set(problems)]
  })
  expect(found, name).toEqual([])
}
