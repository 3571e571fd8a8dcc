import type { Page } from "@playwright/test"
import { expect } from "./fixtures"

/** The requests that wait. */
export const list = (page: Page) => page.getByRole("list", { name: "Waiting requests" })
export const row = (page: Page, name: string) => list(page).getByRole("link", { name: new RegExp(name) })
export const tick = (page: Page, name: string) => list(page).getByRole("checkbox", { name: `Select ${name}` })
/** What is selected, and the way on. */
export const bar = (page: Page) => page.getByRole("region", { name: "Selected requests" })
export const leftOut = (page: Page) => page.getByRole("dialog").getByRole("region", { name: "Left out" })

/** Selects rows as somebody with a mouse does. */
export async function select(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await row(page, name).hover()
    await tick(page, name).click()
  }
}

/** Goes on to the summary of what is selected. */
export async function review(page: Page) {
  await bar(page).getByRole("button", { name: "Review and decide" }).click()
  const dialog = page.getByRole("dialog")
  await expect(dialog.getByRole("button", { name: /^Approve/ })).toBeVisible()
  return dialog
}
