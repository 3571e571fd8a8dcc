import { arrive, expect, test } from "./fixtures"

const lan = "192.168.1.77"

test("what an approval gives back is named by the button, the row and the last question", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const scopes = ["operator.read", "operator.admin"]
  const laptop = device("Left on a train")
  await laptop.enter({ scopes })
  // With another one that may decide, nobody is asked about being locked out.
  await device("Desk").enter({ scopes })
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await page.getByRole("button", { name: "Revoke" }).click()
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Revoke/ })
    .click()
  await expect(page.getByRole("region", { name: "Token as operator" })).toContainText("Revoked")
  await laptop.knock({ scopes, from: lan })

  await arrive(page, `${gate.url}/requests`)
  const pane = page.getByRole("article", { name: "Left on a train" })
  await expect(pane.getByRole("row", { name: /operator\.admin/ })).toHaveClass(/bg-danger-soft/)
  await page.keyboard.press("a")
  await expect(pane.getByText(/No key approves this/)).toBeVisible()
  await pane.getByRole("button", { name: "Approve as operator, back: read, admin" }).click()
  const question = page.getByRole("alertdialog", { name: "Give admin back to this device?" })
  await expect(question).toContainText(laptop.fingerprint)
  await expect(question).toContainText("operator.admin")
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
  await question.getByRole("button", { name: "Approve as operator, back: read, admin" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  const token = await store.db.token.findFirstOrThrow({ where: { deviceId: laptop.deviceId } })
  expect(token).toMatchObject({ revokedAtMs: null, scopes: "operator.read operator.admin" })
})

test("a new node is let in by a button and a question, never by a key", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const display = device("Kitchen display")
  await display.knock({ role: "node", from: lan })
  const pane = page.getByRole("article", { name: "Kitchen display" })
  await expect(pane.getByRole("button", { name: "Approve as node" })).toBeVisible()
  await page.keyboard.press("a")
  await expect(pane.getByText(/No key approves this/)).toBeVisible()
  await pane.getByRole("button", { name: "Approve as node" }).click()
  const question = page.getByRole("alertdialog", { name: "Let this device be a node?" })
  await expect(question).toContainText(display.fingerprint)
  await expect(question).toContainText("run commands")
  expect(await store.db.device.count()).toBe(0)
  await question.getByRole("button", { name: "Approve as node" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  expect(await store.db.device.findUniqueOrThrow({ where: { deviceId: display.deviceId } })).toMatchObject({
    roles: "node",
  })

  await page.goto(`${gate.url}/account`)
  await expect(page.getByText(/A never approves/)).toContainText("a new node")
})

test("who lost the role is told that the page is not theirs, not that the outcome is unknown", async ({
  gate,
  person,
  pageOf,
  device,
  store,
}) => {
  const mara = await person("approver", "Mara")
  const page = await pageOf(mara)
  await device("Too late").knock({ scopes: ["operator.read"], from: lan })
  // The page hears of nothing, or it would have left by itself.
  await page.route("**/api/**", (route) => route.abort())
  await page.goto(`${gate.url}/requests`)
  const approve = page.getByRole("button", { name: "Approve as operator with read" })
  await expect(approve).toBeVisible()
  await store.db.admin.update({ where: { email: mara.email }, data: { role: "viewer" } })
  await approve.click()
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible()
  await expect(page.getByText(/not known whether/)).toHaveCount(0)
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
})
