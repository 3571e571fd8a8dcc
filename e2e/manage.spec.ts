import { refusalOf } from "./device"
import { expect, owner, test } from "./fixtures"

test("a device is renamed, noted, removed, and its key blocked where it only asks", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("MacBook-Pro-2")
  const connected = await laptop.enter({ scopes: ["operator.read"] })
  const record = () => store.db.device.findUnique({ where: { deviceId: laptop.deviceId } })
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await page.getByRole("button", { name: "Rename" }).click()
  await page.getByRole("dialog").getByLabel("Name").fill("Mara's laptop")
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click()
  await expect(page.getByRole("heading", { name: "Mara's laptop", level: 1 })).toBeVisible()
  expect(await record()).toMatchObject({ label: "Mara's laptop", displayName: "MacBook-Pro-2" })

  const more = async (item: string) => {
    await page.getByRole("button", { name: "More" }).click()
    await page.getByRole("menuitem", { name: item }).click()
  }
  await more("Edit notes")
  await page.getByRole("dialog").getByLabel("Notes").fill("Stays in the office.\nAsk Mara.")
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click()
  // The field that was typed into shows the same words before anything is saved.
  await expect(page.getByRole("dialog")).toBeHidden()
  await expect(page.getByText("Stays in the office.")).toBeVisible()
  expect(await record()).toMatchObject({ note: "Stays in the office.\nAsk Mara." })

  await more("Remove")
  const question = page.getByRole("alertdialog", { name: "Remove Mara's laptop?" })
  await question.getByLabel("Note for the record").fill("Sold")
  await question.getByRole("button", { name: "Remove" }).click()
  await expect(page).toHaveURL(`${gate.url}/devices`)
  await expect(page.getByRole("row", { name: /Mara/ })).toHaveCount(0)
  expect((await connected.closed).code).toBe(4001)
  expect(await record()).toBeNull()
  const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "device.removed" } })
  expect(entry).toMatchObject({ deviceId: laptop.deviceId, actorName: owner.name, note: "Sold" })

  // Gone, the log still finds it by every name that it had.
  for (const name of ["Mara's laptop", "macbook", laptop.fingerprint]) {
    await page.goto(`${gate.url}/audit?device=${encodeURIComponent(name)}&action=device.removed`)
    await expect(page.getByText("1 entry", { exact: true }), name).toBeVisible()
    await expect(page.getByRole("list", { name: "Entries, newest first" })).toContainText("removed")
  }

  const stranger = device("Stranger phone")
  await stranger.knock({ scopes: ["operator.read"], from: "192.168.1.77" })
  await page.goto(`${gate.url}/devices/${stranger.deviceId}`)
  await expect(page.getByText("not paired", { exact: true })).toBeVisible()
  await page.getByRole("button", { name: "Block", exact: true }).click()
  await expect(page.getByRole("alertdialog").getByLabel("Told to the device")).toBeFocused()
  await page.getByRole("alertdialog").getByRole("button", { name: "Block" }).click()
  await expect(page.getByText("blocked this key")).toBeVisible()
  expect(await store.db.block.findFirstOrThrow()).toMatchObject({ deviceId: stranger.deviceId, byName: owner.name })
  expect(refusalOf(await stranger.knock({ role: "node" }))).toMatchObject({ reason: "blocked" })
  await page.goto(`${gate.url}/audit?device=${encodeURIComponent("Stranger phone")}&action=device.blocked`)
  await expect(page.getByText("1 entry", { exact: true })).toBeVisible()
  await expect(page.getByRole("list", { name: "Entries, newest first" })).toContainText(`${owner.name} blocked`)
})

test("an owner shows and replaces the shared token with the password, and sets a limit that others see at once", async ({
  ownerPage: page,
  gate,
  person,
  pageOf,
  device,
  store,
}) => {
  const old = gate.sharedToken()
  const other = await pageOf(await person("owner", "Mara"))
  await other.goto(`${gate.url}/settings/token`)
  await expect(other.getByText("Last shown")).toBeVisible()
  await page.goto(`${gate.url}/settings/token`)
  await page.getByRole("button", { name: "Show the token" }).click()
  const dialog = page.getByRole("dialog")
  const confirm = async (password: string, action: string) => {
    await dialog.getByLabel("Your password", { exact: true }).fill(password)
    await dialog.getByRole("button", { name: action, exact: true }).click()
  }
  await confirm("not my password", "Show it")
  await expect(dialog.getByText("That is not your password.")).toBeVisible()
  expect(await store.db.auditEntry.count({ where: { action: "shared-secret.shown" } })).toBe(0)
  await confirm(owner.password, "Show it")
  const shown = page.getByRole("textbox", { name: "Shared token" })
  await expect(shown).toHaveValue(old)
  await expect(other.getByText(`by ${owner.name}`)).toBeVisible()
  await page.getByRole("button", { name: "Replace it" }).click()
  await confirm(owner.password, "Replace it")
  await expect(shown).not.toHaveValue(old)
  expect(gate.sharedToken()).toBe(await shown.inputValue())
  expect(await store.db.auditEntry.count({ where: { action: "shared-secret.rotated" } })).toBe(1)
  await device("With the new one").enter({ scopes: ["operator.read"] })

  await other.goto(`${gate.url}/settings/limits`)
  const grace = (of: typeof page) => of.getByRole("textbox", { name: "Grace of a rotation on pickup" })
  await other.getByRole("textbox", { name: "Ended requests" }).fill("30")
  await page.goto(`${gate.url}/settings/limits`)
  // Nothing lies over the form before there is something to save, and the tabs scroll sideways at most.
  await expect(page.getByText("As installed")).toBeVisible()
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0)
  const tabs = page.getByRole("navigation", { name: "Settings" })
  expect(await tabs.evaluate((bar) => bar.scrollHeight - bar.clientHeight)).toBe(0)
  await grace(page).fill("0")
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByText("This number cannot be meant")).toBeVisible()
  await grace(page).fill("48")
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByText(`by ${owner.name}`)).toBeVisible()
  expect(await store.db.setting.findUniqueOrThrow({ where: { key: "graceHours" } })).toMatchObject({ value: "48" })
  // The other owner sees it, and keeps what was typed meanwhile.
  await expect(grace(other)).toHaveValue("48")
  await expect(other.getByRole("textbox", { name: "Ended requests" })).toHaveValue("30")
  await expect(other.getByText("1 change, not saved yet")).toBeVisible()

  await page.goto(`${gate.url}/settings/gateway`)
  const sockets = page.getByText("Open sockets").locator("..")
  await expect(sockets).toHaveText(/1$/)
  await device("One more").enter({ scopes: ["operator.read"] })
  await expect(sockets).toHaveText(/2$/)
})
