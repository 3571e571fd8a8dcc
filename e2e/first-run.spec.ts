import { startServer } from "@/tools/server-process"
import { expect, owner, signIn, test } from "./fixtures"

test.describe("the first run", () => {
  test.use({ gateEnv: {} })

  test("prints a link that makes the first owner, once", async ({ gate, page, browser, store }) => {
    const link = gate.printed.map((line) => line.trim()).find((line) => line.includes("/set-up#"))
    expect(link).toBeDefined()
    await page.goto(link ?? "")
    await page.getByLabel("Your name").fill("Olga")
    await page.getByLabel("E-mail address").fill(owner.email)
    await page.getByLabel("Password", { exact: true }).fill(owner.password)
    await page.getByRole("button", { name: "Become the owner" }).click()
    await expect(page).toHaveURL(/\/requests/)
    expect(await store.db.admin.findMany()).toMatchObject([{ name: "Olga", email: owner.email, role: "owner" }])
    const [made] = await store.db.adminLink.findMany({ where: { purpose: "setup" } })
    expect(made?.usedAtMs).not.toBeNull()
    expect(link).not.toContain(made?.secretHash)
    expect(await store.db.adminSession.count({ where: { endedAtMs: null } })).toBe(1)

    const context = await browser.newContext()
    const stranger = await context.newPage()
    await stranger.goto(link ?? "")
    await expect(stranger.getByRole("heading", { name: "This gate has an owner" })).toBeVisible()
    await expect(stranger.getByRole("button", { name: "Become the owner" })).toHaveCount(0)
    expect(await store.db.admin.count()).toBe(1)
    await context.close()
  })

  test("asks for a sign-in everywhere else", async ({ gate, page }) => {
    for (const path of ["/", "/requests", "/devices", "/audit", "/settings", "/policy", "/account"]) {
      await page.goto(`${gate.url}${path}`)
      await expect(page).toHaveURL(/\/sign-in/)
    }
  })
})

test("an owner named by the environment can sign in, and a restart changes nothing", async ({
  gate,
  gateEnv,
  ownerPage: page,
  store,
}) => {
  expect(gate.printed.join("\n")).toContain(`${owner.email} can sign in`)
  expect(gate.printed.join("\n")).not.toContain("set-up")
  const admins = () =>
    store.db.admin.findMany({ select: { adminId: true, email: true, role: true, passwordHash: true } })
  const before = await admins()
  expect(before).toMatchObject([{ email: owner.email, role: "owner" }])

  await page.goto("about:blank")
  await gate.stop()
  const printed: string[] = []
  const env = { ...gateEnv, GATEHOUSE_OWNER_PASSWORD: "another password altogether" }
  const { dataDir, port } = gate
  const again = await startServer({ dataDir, port, env, onLine: (line) => printed.push(line) })
  try {
    expect(printed.join("\n")).not.toMatch(/can sign in|set-up/)
    expect(await admins()).toEqual(before)
    // The session is still there, and the password is the one it was.
    await page.goto(`${gate.url}/requests`)
    await expect(page.getByRole("heading", { name: "No requests are waiting" })).toBeVisible()
    await page.context().clearCookies()
    await signIn(page, gate, owner)
    await page.goto("about:blank")
  } finally {
    await again.stop()
  }
})
