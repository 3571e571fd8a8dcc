import type { Page } from "@playwright/test"
import { expect, owner, signIn, test } from "./fixtures"

const attempt = async (page: Page, email: string, password: string) => {
  await page.getByLabel("E-mail address").fill(email)
  await page.getByLabel("Password", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Sign in" }).click()
}

test("a wrong password and an unknown account get the same answer", async ({ page, gate, store }) => {
  await page.goto(`${gate.url}/sign-in`)
  for (const [email, password] of [
    [owner.email, "not the password"],
    ["nobody@example.org", owner.password],
  ] as const) {
    await attempt(page, email, password)
    await expect(page.getByRole("alert").filter({ hasText: "do not go together" })).toHaveText(
      "This address and password do not go together.",
    )
  }
  expect(await store.db.adminSession.count()).toBe(0)
})

test("after too many wrong passwords even the right one has to wait", async ({ page, gate, store }) => {
  await page.goto(`${gate.url}/sign-in`)
  const waits = page.getByText(/Too many attempts/)
  await expect(async () => {
    await attempt(page, owner.email, "not the password")
    await expect(waits).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 45_000 })
  await expect(page.getByRole("button", { name: "Sign in" })).toBeDisabled()
  await page.reload()
  await attempt(page, owner.email, owner.password)
  await expect(waits).toBeVisible()
  expect(await store.db.adminSession.count()).toBe(0)
  expect(await store.db.auditEntry.count({ where: { action: "admin.sign-in-locked" } })).toBe(1)
})

test("signing out ends the session in the store, and the cookie opens nothing any more", async ({
  ownerPage: page,
  gate,
  browser,
  store,
}) => {
  const stolen = await page.context().storageState()
  await page.getByRole("button", { name: /olga/ }).first().click()
  await page.getByRole("menuitem", { name: "Sign out" }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  expect(await store.db.adminSession.count({ where: { endedAtMs: null } })).toBe(0)
  const thief = await (await browser.newContext({ storageState: stolen })).newPage()
  await thief.goto(`${gate.url}/devices`)
  await expect(thief).toHaveURL(/\/sign-in/)
  await thief.context().close()
})

test("whoever was on the way somewhere gets there", async ({ page, gate }) => {
  await page.goto(`${gate.url}/devices?q=x`)
  await expect(page).toHaveURL(/\/sign-in/)
  await attempt(page, owner.email, owner.password)
  await expect(page).toHaveURL(/\/devices/)
})

test("a foreign page cannot use a session", async ({ page, gate }) => {
  await signIn(page, gate, owner)
  const answer = await page.request.get(`${gate.url}/api/audit/export`, {
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  })
  expect(answer.status()).toBe(401)
})
