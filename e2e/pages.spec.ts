import { arrive, expect, test } from "./fixtures"
import { fleet } from "./fleet"
import { look, lookAt, lookAtDialog, widths } from "./look"

test.describe.configure({ timeout: 300_000 })

test.describe("the pages before the console", () => {
  test.use({ gateEnv: {} })

  test("are accessible and fit", async ({ page, gate }) => {
    const link = gate.printed.map((line) => line.trim()).find((line) => line.includes("/set-up#")) ?? ""
    await page.goto(link)
    await expect(page.getByRole("button", { name: "Become the owner" })).toBeVisible()
    await look(page, "set-up")
    // Another fragment alone would not load the page anew.
    await page.goto("about:blank")
    await page.goto(`${gate.url}/set-up#nothing`)
    await expect(page.getByRole("heading", { name: "This link opens nothing" })).toBeVisible()
    await look(page, "set-up-dead")
    await page.goto(`${gate.url}/link#nothing`)
    await expect(page.getByRole("heading", { name: "This link opens nothing" })).toBeVisible()
    await look(page, "link-dead")
    await lookAt(page, gate, "/sign-in", "sign-in")
    await lookAt(page, gate, "/nowhere", "not-found")
  })
})

test("the inbox is accessible and fits", async ({ ownerPage: page, gate, device }) => {
  await expect(page.getByRole("heading", { name: "No requests are waiting" })).toBeVisible()
  await look(page, "requests-empty")
  await fleet(device)
  await lookAt(page, gate, "/requests", "requests-list")
  await page.getByRole("link", { name: /Ops laptop/ }).click()
  await expect(page.getByRole("article", { name: "Ops laptop" })).toBeVisible()
  await look(page, "requests")
  await page.getByRole("button", { name: /^Approve/ }).click()
  await expect(page.getByRole("alertdialog")).toBeVisible()
  await look(page, "requests-confirm")
  await page.getByRole("button", { name: "Cancel" }).click()
  await page.getByRole("button", { name: "Reject" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toBeVisible()
  await look(page, "requests-ended")
})

test("what keys open is accessible and fits, and so is a list that stands still", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await fleet(device)
  await arrive(page, `${gate.url}/requests`)
  await page.keyboard.press("j")
  await expect(page.getByRole("article", { name: "Kitchen display" })).toBeVisible()
  await device("Comes late").knock({ scopes: ["operator.read"], from: "192.168.1.99" })
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible()
  await look(page, "requests-new")
  await lookAtDialog(page, "shortcuts", () => page.keyboard.press("?"))
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.keyboard.press("Control+k")
  await expect(page.getByRole("dialog", { name: "Search" })).toBeVisible()
  await look(page, "palette")
  await page.getByRole("combobox").fill("op")
  await expect(page.getByRole("option", { name: /All devices for/ })).toBeVisible()
  await look(page, "palette-found")
  await page.getByRole("combobox").fill("toaster")
  await expect(page.getByText("Nothing is called")).toBeVisible()
  await look(page, "palette-nothing")
})

test("a name as long as it may be stays within its dialog", async ({ ownerPage: page, device }) => {
  const name = "A".repeat(64)
  await device(name).knock({ scopes: ["operator.read", "operator.pairing", "operator.admin"], from: "203.0.113.9" })
  await page.getByRole("link", { name: new RegExp(name) }).click()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await page.getByRole("button", { name: /^Approve/ }).click()
    const dialog = page.getByRole("alertdialog")
    const within = await dialog.evaluate((box) => {
      const { left, right } = box.getBoundingClientRect()
      const parts = [...box.querySelectorAll("*")].map((part) => part.getBoundingClientRect())
      return parts.every((part) => part.left >= left && part.right <= right)
    })
    expect(within, `a part of the dialog is outside of it at ${width}`).toBe(true)
    await page.screenshot({ path: `test-results/pages/requests-confirm-long-${width}-light.png` })
    await page.getByRole("button", { name: "Cancel" }).click()
  }
})

test("what is granted for a time is accessible and fits", async ({ ownerPage: page, device }) => {
  await device("Pixel of Jonas").knock({ scopes: ["operator.read", "operator.admin"], from: "192.168.1.77" })
  await page.getByRole("link", { name: /Pixel of Jonas/ }).click()
  const length = page.getByRole("combobox", { name: "For how long" })
  await length.selectOption("Until a date…")
  await page.getByLabel("Until when").fill("2033-05-04T10:00")
  await look(page, "requests-until")
  await length.selectOption("8 hours")
  await page.getByRole("button", { name: /^Approve/ }).click()
  await expect(page.getByRole("alertdialog")).toContainText("for 8 hours")
  await look(page, "requests-confirm-time")
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Approve/ })
    .click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved until")
  await look(page, "requests-ended-time")
  await page.getByRole("link", { name: "Device page" }).click()
  await expect(page.getByText(/Ends in/)).toBeVisible()
  await look(page, "device-ending")
})

test("audit and policy are accessible and fit", async ({ ownerPage: page, gate, device }) => {
  await fleet(device)
  await lookAt(page, gate, "/audit", "audit")
  await lookAt(page, gate, "/audit?action=token.revoked", "audit-empty")
  await lookAt(page, gate, "/policy/locality", "policy-locality")
  await lookAt(page, gate, "/policy", "policy")
  await page.getByRole("switch", { name: "The most that is given silently" }).click()
  await page.getByRole("textbox", { name: "Networks from which new nodes come in silently" }).fill("nonsense")
  await expect(page.getByText(/is no address and no range/)).toBeVisible()
  await look(page, "policy-problem")
  await page.getByRole("button", { name: "Use hardened" }).click()
  await page.getByRole("button", { name: "Review and save" }).click()
  await expect(page.getByRole("dialog")).toBeVisible()
  await look(page, "policy-review")
})

test("settings and account are accessible and fit", async ({ ownerPage: page, gate, person }) => {
  await person("approver", "Mara Lindt")
  for (const tab of ["admins", "token", "templates", "limits", "gateway", "upstream"])
    await lookAt(page, gate, `/settings/${tab}`, `settings-${tab}`)
  await lookAt(page, gate, "/account", "account")
})

test("the dialogs of the settings, and the page that a link opens, are accessible and fit", async ({
  ownerPage: page,
  gate,
  person,
  browser,
  contextOptions,
}) => {
  await person("approver", "Mara Lindt")
  await page.goto(`${gate.url}/settings/token`)
  await lookAtDialog(page, "token-show", () => page.getByRole("button", { name: "Show the token" }).click())
  await lookAtDialog(page, "token-replace", () => page.getByRole("button", { name: "Replace it" }).click())
  await page.goto(`${gate.url}/settings/admins`)
  const choose = (item: string) => async () => {
    await page.getByRole("listitem").filter({ hasText: "Mara Lindt" }).getByRole("button").click()
    await page.getByRole("menuitem", { name: item }).click()
  }
  await lookAtDialog(page, "people-invite", () => page.getByRole("button", { name: "Invite" }).click())
  await lookAtDialog(page, "people-role", choose("Change role"))
  await lookAtDialog(page, "people-disable", choose("Disable"))
  let link = ""
  await lookAtDialog(page, "people-link", async () => {
    await choose("Reset password by link")()
    link = await page.getByRole("textbox", { name: "Link" }).inputValue()
  })
  const stranger = await (await browser.newContext(contextOptions)).newPage()
  await stranger.goto(link)
  await expect(stranger.getByRole("heading", { name: "Choose a new password" })).toBeVisible()
  await look(stranger, "link")
  await stranger.context().close()
})

test("what a viewer sees is accessible and fits", async ({ gate, person, pageOf, device }) => {
  await fleet(device)
  const page = await pageOf(await person("viewer", "Vera"))
  await lookAt(page, gate, "/policy", "policy-viewer")
  await lookAt(page, gate, "/settings", "settings-viewer")
})
