import type { Page } from "@playwright/test"
import { arrive, expect, test } from "./fixtures"

const ask = { scopes: ["operator.read"], from: "192.168.1.77" } as const
// With spaces, which press buttons, and letters that approve, reject, block and undo.
const reason = "Not a device of ours, but an unknown"

const told = (page: Page) => page.getByRole("alertdialog").getByLabel("Told to the device")

test("a reason that is typed right after the key that asks for it stands in the field, and decides nothing", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  for (const name of ["First", "Second"]) await device(name).knock(ask)
  const waiting = () => store.db.request.count({ where: { status: "pending" } })
  await arrive(page, `${gate.url}/requests`)
  const pane = page.getByRole("article", { name: "First" })
  const more = pane.getByRole("button", { name: "More" })

  // Once while the dialog still has to be fetched, and once when it is there.
  for (const _ of ["fetched", "there"]) {
    await expect(pane.getByRole("button", { name: /^Approve/ })).toBeEnabled()
    await page.keyboard.press("b")
    await page.keyboard.type(reason)
    await expect(page.getByRole("alertdialog", { name: "Block this key?" })).toBeVisible()
    await expect(told(page)).toHaveValue(reason)
    await expect(told(page)).toBeFocused()
    await page.keyboard.press("Escape")
    await expect(page.getByRole("alertdialog")).toHaveCount(0)
  }
  for (const key of ["Enter", "Space"]) {
    await more.focus()
    await page.keyboard.press("Enter")
    await expect(page.getByRole("menuitem", { name: "Reject and say why" })).toBeFocused()
    await page.keyboard.press(key)
    await page.keyboard.type(reason)
    await expect(page.getByRole("alertdialog", { name: "Reject this request?" })).toBeVisible()
    await expect(told(page)).toHaveValue(reason)
    await page.keyboard.press("Escape")
    await expect(page.getByRole("alertdialog")).toHaveCount(0)
  }
  await expect(pane.getByRole("button", { name: /^Approve/ })).toBeEnabled()
  expect(await waiting()).toBe(2)
  expect(await store.db.block.count()).toBe(0)
})

test("a reason that is typed right after Block is pressed on the page of a device stands in the field", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const tablet = device("Tablet")
  await tablet.knock({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices/${tablet.deviceId}`)
  await page.getByRole("button", { name: "Block", exact: true }).focus()
  await page.keyboard.press("Enter")
  await page.keyboard.type(reason)
  await expect(page.getByRole("alertdialog", { name: /Block Tablet/ })).toBeVisible()
  await expect(told(page)).toHaveValue(reason)
  await expect(told(page)).toBeFocused()
  expect(await store.db.block.count()).toBe(0)
})

test("text that goes on after its dialog has closed is no key of the page", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("First").knock(ask)
  await arrive(page, `${gate.url}/requests`)
  await expect(page.getByRole("article", { name: "First" }).getByRole("button", { name: /^Approve/ })).toBeEnabled()
  await page.keyboard.press("b")
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).focus()
  await page.keyboard.type(" or rather not a key of ours")
  await expect(page.getByRole("alertdialog")).toHaveCount(0)
  await expect(page.getByRole("article", { name: "First" }).getByRole("button", { name: /^Approve/ })).toBeEnabled()
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)

  // Escape ends what was typed: what follows is meant for the page.
  await page.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Block this key" }).click()
  await expect(told(page)).toBeFocused()
  await page.keyboard.type("no")
  await page.keyboard.press("Escape")
  await page.keyboard.press("r")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("rejected")
})
