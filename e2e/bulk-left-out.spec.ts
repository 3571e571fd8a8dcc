import { expectAccessible } from "./axe"
import { leftOut, review, select } from "./bulk"
import { arrive, expect, test } from "./fixtures"

test("where all are left out nothing is approved, each says what to mind, and Escape goes one step back", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await device("Ops laptop").enter({ scopes: ["operator.read"] })
  await device("Ops Iaptop").knock({ scopes: ["operator.read"], from: "192.168.1.70" })
  await device("Wants all").knock({ scopes: ["operator.admin"], from: "192.168.1.71" })
  await arrive(page, `${gate.url}/requests`)
  await select(page, ["Ops Iaptop", "Wants all"])
  const dialog = await review(page)
  await expect(dialog).toContainText("All of them are left out, so nothing is approved until you confirm one.")
  await expect(dialog).not.toContainText("Widest grant")
  await expect(dialog.getByRole("button", { name: "Approve", exact: true })).toBeDisabled()
  await expect(leftOut(page)).toContainText("To mind first: a name like that of another key.")
  await expect(leftOut(page)).toContainText("None of these is approved unless you confirm it")
  await expectAccessible(page, "a summary of nothing but what is left out")
  await dialog.getByRole("checkbox", { name: /for Ops Iaptop$/ }).click()
  await dialog.getByLabel(/^Note for the record/).fill("seen at the desk")

  await dialog.getByRole("button", { name: "Reject 2…" }).click()
  await dialog.getByLabel("Told to the device").fill("Ask at the desk first")
  await page.keyboard.press("Escape")
  await expect(dialog.getByRole("checkbox", { name: /for Ops Iaptop$/ })).toBeChecked()
  await expect(dialog.getByLabel(/^Note for the record/)).toHaveValue("seen at the desk")
  await dialog.getByRole("button", { name: "Approve 1", exact: true }).click()
  await expect(dialog.getByRole("heading", { name: "1 of 2 approved" })).toBeVisible()
  await expect(dialog.getByRole("listitem").filter({ hasText: "Wants all" })).toContainText(
    "left out, and still waits: It would be given what hands over the gateway itself.",
  )
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  expect(await store.db.device.count()).toBe(2)
})

test("what there is to mind only since the summary was read is not approved", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const kitchen = device("Kitchen")
  await kitchen.knock({ scopes: ["operator.read"], from: "192.168.1.70" })
  await device("Studio").knock({ scopes: ["operator.read"], from: "192.168.1.71" })
  await arrive(page, `${gate.url}/requests`)
  await select(page, ["Kitchen", "Studio"])
  const dialog = await review(page)
  await expect(leftOut(page)).toHaveCount(0)
  await device("Кitchen").enter({ scopes: ["operator.read"] })
  await dialog.getByRole("button", { name: "Approve 2", exact: true }).click()
  await expect(dialog.getByRole("heading", { name: "1 of 2 approved" })).toBeVisible()
  await expect(dialog.getByRole("listitem").filter({ hasText: "Kitchen" })).toContainText(
    "refused: There is something to mind about it since it was shown, so it was not approved.",
  )
  expect(await store.db.device.findUnique({ where: { deviceId: kitchen.deviceId } })).toBeNull()
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
})

test("several devices from one address are approved together, though each makes the address a known one", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  for (const name of ["Kitchen", "Studio"])
    await device(name).knock({ scopes: ["operator.read"], from: "192.168.1.70" })
  await arrive(page, `${gate.url}/requests`)
  await select(page, ["Kitchen", "Studio"])
  const dialog = await review(page)
  await dialog.getByRole("button", { name: "Approve 2", exact: true }).click()
  await expect(dialog.getByRole("heading", { name: "2 of 2 approved" })).toBeVisible()
  expect(await store.db.device.count()).toBe(2)
})
