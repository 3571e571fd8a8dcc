import type { Page } from "@playwright/test"
import { knockEach } from "./device"
import { arrive, expect, test } from "./fixtures"

const scopes = ["operator.read", "operator.approvals"]

const list = (page: Page) => page.getByRole("list", { name: "Waiting requests" })
const row = (page: Page, name: string) => list(page).getByRole("link", { name: new RegExp(name) })
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 2, name })

test("every step of a decision has its key", async ({ ownerPage: page, gate, device, store }) => {
  const [first, second, third] = [device("First"), device("Second"), device("Third")]
  await knockEach([first, second, third], scopes)
  const end = async ({ deviceId }: { deviceId: string }) =>
    store.db.request.findFirstOrThrow({ where: { deviceId }, select: { status: true, granted: true, endNote: true } })
  await arrive(page, `${gate.url}/requests`)
  await expect(row(page, "Third")).toBeVisible()

  await page.keyboard.press("j")
  await expect(row(page, "Second")).toBeFocused()
  await page.keyboard.press("k")
  await expect(row(page, "First")).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(heading(page, "First")).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(row(page, "First")).toBeFocused()
  await page.keyboard.press("o")
  await expect(heading(page, "First")).toBeFocused()

  await page.keyboard.press("f")
  await expect(page.getByRole("checkbox", { name: /^Grant/ }).first()).toBeFocused()
  await page.getByRole("checkbox", { name: "Grant operator.approvals" }).focus()
  await page.keyboard.press("Space")
  await page.keyboard.press("n")
  await page.keyboard.type("read is enough")
  await page.keyboard.press("Escape")
  await expect(row(page, "First")).toBeFocused()
  await page.keyboard.press("t")
  await page.keyboard.press("Escape")
  await expect(row(page, "First")).toBeFocused()
  await page.keyboard.press("a")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("without approvals")
  await expect(heading(page, "First")).toBeFocused()
  expect(await end(first)).toEqual({ status: "approved", granted: "operator.read", endNote: "read is enough" })

  // The one that took the place of the decided one is next.
  await expect(row(page, "First")).toHaveCount(0)
  await page.keyboard.press("j")
  await expect(row(page, "Second")).toBeFocused()
  await expect(page.getByRole("article", { name: "Second" }).getByRole("button", { name: /^Approve/ })).toBeEnabled()
  await page.keyboard.press("b")
  const question = page.getByRole("alertdialog")
  await expect(question).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(question).toHaveCount(0)
  expect(await end(second)).toMatchObject({ status: "pending" })
  await expect(heading(page, "Second")).toBeVisible()
  await page.keyboard.press("r")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("rejected")
  expect(await end(second)).toMatchObject({ status: "rejected" })
  expect(await end(third)).toMatchObject({ status: "pending" })
})

test("the arrows move from within the list, and nowhere else", async ({ ownerPage: page, gate, device }) => {
  await knockEach(["First", "Second", "Third"].map(device), scopes)
  await arrive(page, `${gate.url}/requests`)
  await expect(row(page, "Third")).toBeVisible()
  await page.keyboard.press("ArrowDown")
  await expect(heading(page, "First")).toBeVisible()
  await row(page, "First").focus()
  await page.keyboard.press("ArrowDown")
  await expect(row(page, "Second")).toBeFocused()
  await expect(heading(page, "Second")).toBeVisible()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowUp")
  await expect(row(page, "Second")).toBeFocused()
  await page.setViewportSize({ width: 700, height: 900 })
  await page.evaluate(() => window.history.pushState(null, "", "/requests"))
  await row(page, "Second").focus()
  await page.keyboard.press("ArrowUp")
  await expect(row(page, "First")).toBeFocused()
})

test("in a narrow window O goes into the request, and Escape back to its row", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await page.setViewportSize({ width: 700, height: 900 })
  await device("First").knock({ scopes, from: "192.168.1.70" })
  await device("Second").knock({ scopes, from: "192.168.1.71" })
  await arrive(page, `${gate.url}/requests`)
  await row(page, "Second").focus()
  await page.keyboard.press("o")
  await expect(heading(page, "Second")).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(row(page, "Second")).toBeFocused()
  await row(page, "First").focus()
  await page.keyboard.press("Enter")
  await expect(heading(page, "First")).toBeFocused()
})

test("with single keys switched off, none of them does anything", async ({ ownerPage: page, gate, device, store }) => {
  await arrive(page, `${gate.url}/account`)
  await page.getByRole("switch", { name: "Single-key shortcuts" }).click()
  await expect(page.getByRole("switch", { name: "Single-key shortcuts" })).not.toBeChecked()
  await device("First").knock({ scopes, from: "192.168.1.70" })
  await device("Second").knock({ scopes, from: "192.168.1.71" })
  await arrive(page, `${gate.url}/requests`)
  await expect(row(page, "Second")).toBeVisible()
  for (const key of ["j", "f", "b", "r", "a"]) await page.keyboard.press(key)
  await expect(heading(page, "First")).toBeVisible()
  await expect(page.getByRole("alertdialog")).toHaveCount(0)
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(2)
})
