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

/** The cookie that a sign-in sets, as it comes over the wire. */
async function cookieOfSignIn(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/sign-in`)
  const answer = page.waitForResponse(
    async (response) =>
      /session=|gatehouse/.test((await response.headersArray()).map(({ value }) => value).join()) &&
      response.request().method() === "POST",
  )
  await attempt(page, owner.email, owner.password)
  const set = (await (await answer).headersArray()).filter(({ name }) => name.toLowerCase() === "set-cookie")
  return set.map(({ value }) => value).find((value) => /gatehouse-\d+=./.test(value)) ?? ""
}

test.describe("the cookie of a session", () => {
  test.use({
    gateEnv: {
      GATEHOUSE_OWNER_EMAIL: owner.email,
      GATEHOUSE_OWNER_PASSWORD: owner.password,
      GATEHOUSE_PROXY_PORT: "0",
    },
  })

  test("is for the server alone, and under https for https alone", async ({ page, gate, browser }) => {
    const plain = await cookieOfSignIn(page, gate.url)
    expect(plain).toMatch(new RegExp(`^gatehouse-${gate.port}=`))
    expect(plain).toMatch(/; HttpOnly/i)
    expect(plain).toMatch(/; SameSite=Lax/i)
    expect(plain).not.toMatch(/; Secure/i)

    await page.goto(`${gate.url}/settings/gateway`)
    const proxyPort = await page.getByText("Port for a proxy here").locator("xpath=following-sibling::dd").textContent()
    const forwarded = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" }
    const context = await browser.newContext({ extraHTTPHeaders: forwarded })
    const secure = await cookieOfSignIn(await context.newPage(), `http://127.0.0.1:${proxyPort}`)
    expect(secure).toMatch(new RegExp(`^__Host-gatehouse-${gate.port}=`))
    expect(secure).toMatch(/; Secure/i)
    expect(secure).toMatch(/; HttpOnly/i)
    expect(secure).toMatch(/; Path=\//i)
    expect(secure).not.toMatch(/; Domain/i)
    await context.close()
  })
})
