import { expect, test } from "./fixtures"
import { fleet } from "./fleet"
import { look, lookAt, lookAtDialog } from "./look"

test.describe.configure({ timeout: 300_000 })

test("the list of devices in its looks is accessible and fits", async ({ ownerPage: page, gate, device }) => {
  await fleet(device)
  await page.goto(`${gate.url}/devices`)
  await page.getByRole("checkbox", { name: "Select this page" }).click()
  await expect(page.getByText("2 selected")).toBeVisible()
  await look(page, "devices-selected")
  await page.goto(`${gate.url}/devices?is=silent&sort=-seen`)
  await page.getByRole("button", { name: "Save view" }).click()
  await page.getByRole("dialog").getByLabel("Name").fill("Came in silently")
  await page.getByRole("button", { name: "Save", exact: true }).click()
  await expect(page.getByRole("link", { name: "Came in silently" })).toBeVisible()
  await page.getByRole("button", { name: "Columns" }).click()
  for (const name of ["Address", "How approved", "Client", "Platform", "Tags", "Compact"])
    await page.getByRole("menuitemcheckbox", { name }).click()
  await page.screenshot({ path: "test-results/pages/devices-columns-menu.png" })
  await page.keyboard.press("Escape")
  await look(page, "devices-columns")
})

test("the dialogs of the list of devices are accessible and fit", async ({ ownerPage: page, gate, device }) => {
  await fleet(device)
  await page.goto(`${gate.url}/devices`)
  await page.getByRole("checkbox", { name: "Select this page" }).click()
  const press = (name: string) => () => page.getByRole("button", { name, exact: true }).click()
  await lookAtDialog(page, "devices-tags", press("Tags"))
  await lookAtDialog(page, "devices-rename", press("Rename"))
  await lookAtDialog(page, "devices-revoke", press("Revoke tokens"))
  await lookAtDialog(page, "devices-remove", async () => {
    await press("Remove")()
    await expect(page.getByText("Approved among them")).toBeVisible()
  })
})

test("the keys of one machine side by side are accessible and fit", async ({ ownerPage: page, gate, device }) => {
  for (const scopes of [
    ["operator.read", "operator.write"],
    ["operator.read"],
    ["operator.read", "operator.pairing"],
  ]) {
    const key = device("Workshop PC")
    await key.enter({ scopes })
    await key.leave()
  }
  await lookAt(page, gate, "/devices", "devices-folded")
  await page.getByRole("button", { name: "3 keys of this machine" }).click()
  await expect(page.getByRole("row", { name: /An older key of the same machine/ })).toHaveCount(2)
  await look(page, "devices-unfolded")
  await page.getByRole("link", { name: "Merge" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "One machine, several keys" })).toBeVisible()
  await look(page, "devices-duplicates")
  await lookAtDialog(page, "devices-merge", () => page.getByRole("button", { name: /^Remove the other/ }).click())
})
