import { expect, test } from "./fixtures"
import { fleet } from "./fleet"
import { look, lookAt, lookAtDialog } from "./look"

test.describe.configure({ timeout: 300_000 })

test("the device pages are accessible and fit", async ({ ownerPage: page, gate, device, store }) => {
  await lookAt(page, gate, "/devices", "devices-empty")
  const laptop = await fleet(device)
  await lookAt(page, gate, "/devices", "devices")
  await lookAt(page, gate, `/devices/${laptop.deviceId}`, "device")
  await lookAt(page, gate, `/devices/${laptop.deviceId}?history=24h`, "device-zoomed")
  await page.getByLabel("Scope or method").fill("chat.send")
  await page.getByRole("button", { name: "Explain" }).click()
  await expect(page.getByText("Yes, now")).toBeVisible()
  await page.getByRole("region", { name: "Why can it do that?" }).scrollIntoViewIfNeeded()
  await look(page, "device-why")
  const other = await store.db.device.findFirstOrThrow({ where: { deviceId: { not: laptop.deviceId } } })
  await lookAt(page, gate, `/devices/compare?a=${laptop.deviceId}&q=rack`, "device-compare-choose")
  await lookAt(page, gate, `/devices/compare?a=${laptop.deviceId}&b=${other.deviceId}`, "device-compare")
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await page.getByRole("button", { name: "Rotate" }).click()
  await expect(page.getByRole("dialog")).toBeVisible()
  await look(page, "device-rotate")
})

test("the dialogs of a device are accessible and fit", async ({ ownerPage: page, gate, device }) => {
  const laptop = await fleet(device)
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  const press = (name: string | RegExp) => () => page.getByRole("button", { name }).first().click()
  const choose = (item: string) => async () => {
    await page.getByRole("button", { name: "More" }).click()
    await page.getByRole("menuitem", { name: item }).click()
  }
  await lookAtDialog(page, "device-revoke", press("Revoke"))
  await lookAtDialog(page, "device-edit", async () => {
    await press(/^Edit scopes/)()
    await page.getByRole("checkbox", { name: "Approved: operator.write" }).click()
    await page.getByRole("checkbox", { name: "Approved: operator.admin" }).click()
    await page.getByRole("checkbox", { name: "In token: operator.read" }).click()
  })
  await page.setViewportSize({ width: 1440, height: 900 })
  await page
    .getByRole("region", { name: "Live sessions" })
    .getByRole("button", { name: /^Disconnect/ })
    .first()
    .click()
  await lookAtDialog(page, "device-disconnect", async () => {})
  await lookAtDialog(page, "device-take-back", press(/^take back/))
  await lookAtDialog(page, "device-rename", press("Rename"))
  await lookAtDialog(page, "device-notes", choose("Edit notes"))
  await lookAtDialog(page, "device-remove", choose("Remove"))
  await lookAtDialog(page, "device-block", press("Block"))
})
