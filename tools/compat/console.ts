import { chromium, type Page } from "@playwright/test"
import { browserOptions, ensureBrowser } from "../browser.mjs"

/** The one who decides in these checks; the server is started with this owner. */
export const owner = { email: "olga@example.org", password: "correct horse battery" }

export type Console = {
  /** Approves a waiting request with the buttons of its page; without `grant`, all that is asked. */
  readonly approve: (requestId: string, grant?: readonly string[]) => Promise<void>
  /** Rotates the operator token of a device on its page, with what is chosen there before anybody chooses. */
  readonly rotateOnPickup: (deviceId: string, scopes: readonly string[]) => Promise<void>
  readonly close: () => Promise<void>
}

/** Signs in to the console in a real browser. */
export async function openConsole({ url }: { url: string }): Promise<Console> {
  await ensureBrowser()
  const browser = await chromium.launch(browserOptions())
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${url}/sign-in`)
  await page.getByLabel("E-mail address").fill(owner.email)
  await page.getByLabel("Password", { exact: true }).fill(owner.password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.waitForURL(/\/requests/)
  return {
    approve: (requestId, grant) => approve(page, url, requestId, grant),
    rotateOnPickup: (deviceId, scopes) => rotate(page, url, deviceId, scopes),
    close: () => browser.close(),
  }
}

async function approve(
  page: Page,
  url: string,
  requestId: string,
  grant: readonly string[] | undefined,
): Promise<void> {
  await page.goto(`${url}/requests?id=${requestId}`)
  const pane = page.getByRole("article")
  await pane.getByRole("button", { name: /^Approve/ }).waitFor()
  for (const box of grant === undefined ? [] : await pane.getByRole("checkbox", { name: /^Grant / }).all()) {
    const scope = (await box.getAttribute("aria-label"))?.replace("Grant ", "") ?? ""
    await box.setChecked(grant?.includes(scope) ?? true)
  }
  await pane.getByRole("button", { name: /^Approve/ }).click()
  const question = page.getByRole("alertdialog").getByRole("button", { name: /^Approve/ })
  const ended = page.getByRole("region", { name: "How it ended" })
  await question.or(ended).first().waitFor()
  if (await question.isVisible()) await question.click()
  await ended.waitFor()
}

async function rotate(page: Page, url: string, deviceId: string, scopes: readonly string[]): Promise<void> {
  await page.goto(`${url}/devices/${deviceId}`)
  const card = page.getByRole("region", { name: "Token as operator" })
  await card.getByRole("button", { name: "Rotate" }).click()
  const dialog = page.getByRole("dialog", { name: /Rotate the operator token/ })
  for (const box of await dialog.getByRole("checkbox").all()) {
    const id = (await box.getAttribute("id")) ?? ""
    await box.setChecked(scopes.some((scope) => id.endsWith(scope)))
  }
  await dialog.getByRole("button", { name: "Rotate on pickup" }).click()
  await dialog.waitFor({ state: "hidden" })
}
