import { chromium, type Locator, type Page } from "@playwright/test"
import type { Database } from "@/lib/store/client"
import { browserOptions, ensureBrowser } from "../browser.mjs"
import { mustHold } from "../checks"

/** The one who decides in these checks; the server is started with this owner. */
export const owner = { email: "olga@example.org", password: "correct horse battery" }

type Scopes = readonly string[]

/** What a person does in the console, each held against what the page shows afterwards and what the store has. */
export type Console = {
  /** Approves a waiting request with the buttons of its page; without `grant`, all that is asked. */
  readonly approve: (requestId: string, grant?: Scopes) => Promise<void>
  /** Rotates the token of a device on its page, with what is chosen there before anybody chooses. */
  readonly rotateOnPickup: (deviceId: string, role: string, scopes: Scopes) => Promise<void>
  readonly revoke: (deviceId: string, role: string) => Promise<void>
  /** Takes everything but `keep` out of what is approved for the device as an operator. */
  readonly lower: (deviceId: string, keep: Scopes) => Promise<void>
  /** Opens the page of a device, to look at. */
  readonly devicePage: (deviceId: string) => Promise<Page>
  readonly close: () => Promise<void>
}

/** Signs in to the console in a real browser. */
export async function openConsole({ url }: { url: string }, db: Database["db"]): Promise<Console> {
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

  const devicePage = async (deviceId: string) => {
    await page.goto(`${url}/devices/${deviceId}`)
    return page
  }
  const card = (name: string) => page.getByRole("region", { name })

  return {
    devicePage,

    async approve(requestId, grant) {
      await page.goto(`${url}/requests?id=${requestId}`)
      await approve(page, grant)
      const row = await db.request.findUniqueOrThrow({ where: { requestId } })
      mustHold(row, { status: "approved", endedByName: "olga" })
      mustHold(sorted(row.granted ?? ""), sorted(grant ?? row.scopes), "what the store says was granted")
    },

    async rotateOnPickup(deviceId, role, scopes) {
      await devicePage(deviceId)
      await card(`Token as ${role}`).getByRole("button", { name: "Rotate" }).click()
      const dialog = page.getByRole("dialog", { name: `Rotate the ${role} token` })
      await choose(dialog, scopes)
      await dialog.getByRole("button", { name: "Rotate on pickup" }).click()
      await dialog.waitFor({ state: "hidden" })
      await page.getByText(new RegExp(`^olga rotated the ${role} token to .*, on pickup`)).waitFor()
      const token = await db.token.findUniqueOrThrow({ where: { deviceId_role: { deviceId, role } } })
      mustHold(token, { issuedHow: "rotation", issuedBy: "olga", revokedAtMs: null })
      mustHold(sorted(token.scopes), sorted(scopes), "what the store says the token holds")
    },

    async revoke(deviceId, role) {
      await devicePage(deviceId)
      await card(`Token as ${role}`).getByRole("button", { name: "Revoke" }).click()
      const question = page.getByRole("alertdialog", { name: `Revoke the ${role} token` })
      await question.getByRole("button", { name: "Revoke" }).click()
      await question.waitFor({ state: "hidden" })
      await page.getByText(`olga revoked the ${role} token`).waitFor()
      const token = await db.token.findUniqueOrThrow({ where: { deviceId_role: { deviceId, role } } })
      mustHold(token.revokedAtMs === null, false, "the token is good by the store")
    },

    async lower(deviceId, keep) {
      await devicePage(deviceId)
      await page.getByRole("button", { name: /^Edit scopes/ }).click()
      const dialog = page.getByRole("dialog", { name: /Edit the operator scopes/ })
      await dialog.waitFor()
      for (const box of await dialog.getByRole("checkbox", { name: /^Approved: / }).all()) {
        const scope = (await box.getAttribute("aria-label"))?.replace("Approved: ", "") ?? ""
        if (!keep.includes(scope) && (await box.isChecked())) await box.click()
      }
      // What was held within another scope is ticked by its own name now.
      for (const scope of keep) {
        const box = dialog.getByRole("checkbox", { name: `Approved: ${scope}`, exact: true })
        if (!(await box.isChecked())) await box.click()
      }
      await dialog.getByRole("button", { name: /^Lower/ }).click()
      // Where the last device that can decide is lowered, it is asked again.
      const question = dialog.getByRole("checkbox", { name: /I have read what stops working/ })
      const done = page.getByText("olga lowered the ceiling").first()
      await question.or(done).first().waitFor()
      if (await question.isVisible()) {
        await question.click()
        await dialog.getByRole("button", { name: /all the same$/ }).click()
      }
      await dialog.waitFor({ state: "hidden" })
      await page.getByText("olga lowered the ceiling").first().waitFor()
      const device = await db.device.findUniqueOrThrow({ where: { deviceId } })
      mustHold(sorted(device.approvedScopes ?? ""), sorted(keep), "what the store says is approved")
    },

    close: () => browser.close(),
  }
}

async function approve(page: Page, grant: Scopes | undefined): Promise<void> {
  const pane = page.getByRole("article")
  await pane.getByRole("button", { name: /^Approve/ }).waitFor()
  let declined = 0
  for (const box of grant === undefined ? [] : await pane.getByRole("checkbox", { name: /^Grant / }).all()) {
    const scope = (await box.getAttribute("aria-label"))?.replace("Grant ", "") ?? ""
    const isGranted = grant?.includes(scope) ?? true
    await box.setChecked(isGranted)
    if (!isGranted) declined += 1
  }
  await pane.getByRole("button", { name: /^Approve/ }).click()
  const question = page.getByRole("alertdialog").getByRole("button", { name: /^Approve/ })
  const ended = page.getByRole("region", { name: "How it ended" })
  await question.or(ended).first().waitFor()
  if (await question.isVisible()) await question.click()
  await ended.getByText(declined === 0 ? /as asked by olga/ : /by olga, without/).waitFor()
}

/** Ticks these scopes and no others. */
async function choose(dialog: Locator, scopes: Scopes): Promise<void> {
  await dialog.waitFor()
  for (const box of await dialog.getByRole("checkbox").all()) {
    const id = (await box.getAttribute("id")) ?? ""
    await box.setChecked(scopes.some((scope) => id.endsWith(`_${scope}`)))
  }
}

const sorted = (scopes: string | Scopes) =>
  (typeof scopes === "string" ? scopes.split(" ").filter(Boolean) : [...scopes]).sort()
