import { expect, owner, test } from "./fixtures"

test.describe("the first run", () => {
  test.use({ gateEnv: {} })

  test("prints a link that makes the first owner, once", async ({ gate, page, browser }) => {
    const link = gate.printed.map((line) => line.trim()).find((line) => line.includes("/set-up#"))
    expect(link).toBeDefined()
    await page.goto(link ?? "")
    await page.getByLabel("Your name").fill("Olga")
    await page.getByLabel("E-mail address").fill(owner.email)
    await page.getByLabel("Password", { exact: true }).fill(owner.password)
    await page.getByRole("button", { name: "Become the owner" }).click()
    await expect(page).toHaveURL(/\/requests/)

    const context = await browser.newContext()
    const stranger = await context.newPage()
    await stranger.goto(link ?? "")
    await expect(stranger.getByRole("heading", { name: "This gate has an owner" })).toBeVisible()
    await expect(stranger.getByRole("button", { name: "Become the owner" })).toHaveCount(0)
    await context.close()
  })

  test("asks for a sign-in everywhere else", async ({ gate, page }) => {
    for (const path of ["/", "/requests", "/devices", "/audit", "/settings", "/policy", "/account"]) {
      await page.goto(`${gate.url}${path}`)
      await expect(page).toHaveURL(/\/sign-in/)
    }
  })
})

test("an owner named by the environment can sign in, and a restart changes nothing", async ({ gate, ownerPage }) => {
  await expect(ownerPage).toHaveURL(/\/requests/)
  expect(gate.printed.join("\n")).toContain(`${owner.email} can sign in`)
  expect(gate.printed.join("\n")).not.toContain("set-up")
})
