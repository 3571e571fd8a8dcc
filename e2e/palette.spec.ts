import type { Page } from "@playwright/test"
import { arrive, expect, owner, test } from "./fixtures"

const lan = "192.168.1.77"

const palette = (page: Page) => page.getByRole("dialog", { name: "Search" })
const line = (page: Page, name: string | RegExp) => palette(page).getByRole("option", { name })

async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+k")
  await expect(palette(page).getByRole("combobox")).toBeFocused()
  await page.keyboard.type(text)
}

test("Ctrl-K goes to a device, a request, a person and a page, and back to where one was", async ({
  ownerPage: page,
  gate,
  device,
  person,
}) => {
  const mara = await person("approver", "Mara Lindt")
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await device("Pixel of Jonas").knock({ scopes: ["operator.read"], from: lan })
  await arrive(page, `${gate.url}/policy`)

  await search(page, "ops lap")
  await expect(line(page, /^Ops laptop/)).toHaveAttribute("aria-selected", "true")
  await expect(line(page, /^Ops laptop/)).toContainText(laptop.fingerprint)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(`${gate.url}/devices/${laptop.deviceId}`)
  await expect(palette(page)).toHaveCount(0)

  await search(page, "pixel")
  await expect(line(page, /Pixel of Jonas/)).toContainText("waits")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("article", { name: "Pixel of Jonas" })).toBeVisible()
  await expect(page.getByRole("heading", { name: "Pixel of Jonas" })).toBeFocused()

  await search(page, "lindt")
  await expect(line(page, /Mara Lindt/)).toContainText(mara.email)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/\/settings\/admins#/)

  await search(page, "limits")
  await line(page, "Settings: Limits").click()
  await expect(page).toHaveURL(/\/settings\/limits/)

  await page.getByRole("button", { name: "Search" }).click()
  await expect(palette(page).getByRole("group", { name: "Recent" }).getByRole("option")).toHaveText([
    /Mara Lindt/,
    /Pixel of Jonas/,
    /Ops laptop/,
  ])
  await page.keyboard.press("Escape")
  await expect(page.getByRole("button", { name: "Search" })).toBeFocused()
})

test("it does what it offers: invitation, theme, sign out; names are gone with the person", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices`)
  await search(page, "new inv")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("dialog", { name: "Invite somebody" })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await expect(page).toHaveURL(/\/settings\/admins$/)

  await search(page, "dark")
  await page.keyboard.press("Enter")
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark")

  await search(page, "ops")
  await expect(line(page, /^Ops laptop/)).toBeVisible()
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/\/devices\//)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain("Ops laptop")
  await search(page, "sign out")
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/\/sign-in/)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("Ops laptop")
})

test("what is done to a device is found by its name, and opens its question on the page of the device", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await device("Kitchen tablet").enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/overview`)

  await search(page, "rotate")
  await line(page, "Rotate the token: then type the name of a device").click()
  await page.keyboard.type("ops")
  await line(page, "Rotate the token: Ops laptop").click()
  const rotating = page.getByRole("dialog", { name: /Rotate/ })
  await expect(rotating).toContainText("Ops laptop")
  await page.keyboard.press("Escape")
  await expect(rotating).toHaveCount(0)
  await expect(page).toHaveURL(`${gate.url}/devices/${laptop.deviceId}`)

  await search(page, "block")
  await expect(line(page, "Block: Ops laptop")).toBeVisible()
  await expect(line(page, /^Unblock/)).toHaveCount(0)
  await line(page, "Block: Ops laptop").click()
  await page.getByRole("alertdialog", { name: "Block Ops laptop?" }).getByRole("button", { name: "Block" }).click()
  await expect(page.getByRole("alertdialog")).toHaveCount(0)
  expect(await store.db.block.count()).toBe(1)
  await search(page, "unbl")
  await expect(line(page, "Unblock: Ops laptop")).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(palette(page)).toHaveCount(0)

  await search(page, "kitchen")
  await expect(line(page, "Disconnect: Kitchen tablet")).toBeVisible()
  await line(page, "Edit scopes: Kitchen tablet").click()
  await expect(page.getByRole("dialog", { name: "Edit the operator scopes of Kitchen tablet" })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)

  await search(page, "blocked")
  await line(page, "Devices: Blocked").click()
  await expect(page).toHaveURL(`${gate.url}/devices?is=blocked`)
  await expect(page.getByRole("row", { name: /Ops laptop/ })).toBeVisible()
  await search(page, "csv")
  const saved = page.waitForEvent("download")
  await page.keyboard.press("Enter")
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/)
})

test("who may change nothing is offered nothing to do to a device, by the palette or an address", async ({
  gate,
  device,
  person,
  pageOf,
}) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  const page = await pageOf(await person("viewer", "Vera Lund"))
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}?do=rotate`)
  await expect(page.getByRole("heading", { level: 1, name: "Ops laptop" })).toBeVisible()
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await search(page, "rotate")
  await expect(palette(page)).toContainText("Nothing is called")
  await expect(line(page, /Rotate/)).toHaveCount(0)
})

test("searching, nothing found and not answered are three states", async ({ ownerPage: page, gate, device }) => {
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/policy`)
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route("**/api/search?*", async (route) => {
    await held
    await route.continue()
  })
  await search(page, "toaster")
  const state = palette(page).getByRole("status")
  await expect(state).toHaveText("Searching")
  answer()
  await expect(state).toHaveText("Nothing is called “toaster”.")
  await expect(line(page, "All devices for “toaster”")).toBeVisible()

  await page.route("**/api/search?*", (route) => route.fulfill({ status: 500 }))
  await palette(page).getByRole("combobox").fill("ops")
  await expect(state).toContainText("The server did not answer.")
  await expect(palette(page).getByText(/Nothing is called/)).toHaveCount(0)
  await page.unroute("**/api/search?*")
  await expect(line(page, /^Ops laptop/)).toBeVisible()
  await expect(state).toHaveText("1 found")
})

test("who may not see people is not told of them", async ({ gate, person, pageOf }) => {
  const page = await pageOf(await person("viewer", "Vera"))
  await arrive(page, `${gate.url}/devices`)
  await search(page, owner.name)
  await expect(palette(page).getByRole("status")).toContainText("Nothing is called")
  await palette(page).getByRole("combobox").fill("settings")
  await expect(line(page, /^Settings/)).toHaveCount(0)
})

test("? lists the keys, unless single keys are switched off; Ctrl-K stays", async ({ ownerPage: page, gate }) => {
  await arrive(page, `${gate.url}/devices`)
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" })
  await page.keyboard.press("?")
  await expect(list.getByRole("region", { name: "To decide the open request" })).toContainText("Reject")
  await page.keyboard.press("Escape")
  await expect(list).toHaveCount(0)
  await arrive(page, `${gate.url}/audit`)
  const field = page.locator("input[name=device]")
  await field.focus()
  await page.keyboard.press("?")
  await expect(field).toHaveValue("?")
  await expect(list).toHaveCount(0)

  await arrive(page, `${gate.url}/account`)
  await page.getByRole("switch", { name: "Single-key shortcuts" }).click()
  await expect(page.getByRole("switch", { name: "Single-key shortcuts" })).not.toBeChecked()
  await arrive(page, `${gate.url}/devices`)
  await page.keyboard.press("?")
  await page.keyboard.press("Control+k")
  await expect(palette(page)).toBeVisible()
  await expect(list).toHaveCount(0)
})

test("pages that stand in no menu are found, and what is done with two devices", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const [one, other] = [device("Ops laptop"), device("Kitchen tablet")]
  for (const each of [one, other]) await each.enter({ scopes: ["operator.read"] })
  await arrive(page, `${gate.url}/devices`)
  await search(page, "merge")
  await expect(line(page, "Devices: Duplicates")).toBeVisible()
  await palette(page).getByRole("combobox").fill("locality")
  await line(page, "Locality tester").click()
  await expect(page).toHaveURL(`${gate.url}/policy/locality`)
  await search(page, "compare")
  await line(page, "Compare two devices").click()
  await expect(page).toHaveURL(`${gate.url}/devices/compare`)
  for (const [label, name] of [
    ["The first device", "Ops laptop"],
    ["Compare with", "Kitchen tablet"],
  ] as const) {
    await page.getByRole("searchbox", { name: label }).fill(name)
    await page.getByRole("button", { name: "Find" }).click()
    await page
      .getByRole("list", { name: "Devices found" })
      .getByRole("link", { name: new RegExp(name) })
      .click()
  }
  await expect(page).toHaveURL(`${gate.url}/devices/compare?a=${one.deviceId}&b=${other.deviceId}`)
})

test("a phone has the search in its header", async ({ ownerPage: page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole("button", { name: "Search" }).click()
  await expect(palette(page).getByRole("combobox")).toBeFocused()
})
