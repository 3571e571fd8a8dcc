import { arrive, expect, test } from "./fixtures"

const read = "operator.read"

test("before the last device that can pair is cut off, what would stop is named and asked again", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const last = device("Only admin")
  const connected = await last.enter({ scopes: ["operator.admin"] })
  await device("Reader").enter({ scopes: [read] })
  await arrive(page, `${gate.url}/devices/${last.deviceId}`)
  await page.getByRole("region", { name: "Token as operator" }).getByRole("button", { name: "Revoke" }).click()
  const question = page.getByRole("alertdialog", { name: /Revoke the operator token/ })
  await expect(question).toContainText("What would stop working: admin")
  await expect(question).toContainText("the last device that can decide about others")
  await question.getByRole("button", { name: "Revoke" }).click()
  await expect(question.getByRole("alert")).toContainText("Nothing was done yet. Do you mean it?")
  expect(await store.db.auditEntry.count({ where: { action: "token.revoked" } })).toBe(0)
  const sure = question.getByRole("button", { name: "Revoke all the same" })
  await expect(sure).toBeDisabled()
  await question.getByRole("checkbox", { name: /I have read what stops working/ }).click()
  await sure.click()
  await expect(question).toBeHidden()
  expect((await connected.closed).code).toBe(4001)
  expect(await store.db.auditEntry.count({ where: { action: "token.revoked" } })).toBe(1)
})

test("while another device can, nobody is asked twice", async ({ ownerPage: page, gate, device, store }) => {
  const one = device("One admin")
  await one.enter({ scopes: ["operator.admin"] })
  await device("Other admin").enter({ scopes: ["operator.admin"] })
  await arrive(page, `${gate.url}/devices/${one.deviceId}`)
  await page.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Remove" }).click()
  const question = page.getByRole("alertdialog", { name: /Remove One admin/ })
  await expect(question).not.toContainText("What would stop working")
  await question.getByRole("button", { name: "Remove" }).click()
  await expect(page).toHaveURL(`${gate.url}/devices`)
  expect(await store.db.device.count()).toBe(1)
})

test("a request of the last device that can pair is blocked only when what stops working was read", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const last = device("Only admin")
  const connected = await last.enter({ scopes: ["operator.pairing"] })
  await last.knock({ scopes: ["operator.pairing", "operator.write"], from: "192.168.1.20" })
  await arrive(page, `${gate.url}/requests`)
  const pane = page.getByRole("article", { name: "Only admin" })
  await pane.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Block this key" }).click()
  await page.getByRole("alertdialog").getByLabel("Told to the device").fill("Lost")
  await page.getByRole("alertdialog").getByRole("button", { name: "Block the key" }).click()
  await expect(pane.getByRole("alert")).toContainText("Nothing was done yet. Do you mean it?")
  await expect(pane.getByRole("alert")).toContainText("the last device that can decide about others")
  const sure = pane.getByRole("button", { name: "Do it all the same" })
  await expect(sure).toBeDisabled()
  expect(await store.db.block.count()).toBe(0)
  await pane.getByRole("checkbox", { name: /I have read what stops working/ }).click()
  await sure.click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("Lost")
  expect((await connected.closed).code).toBe(4001)
  expect(await store.db.block.findFirstOrThrow()).toMatchObject({ toldReason: "Lost" })
})

test.describe("from another machine", () => {
  // The browser's address too is what a declared proxy says.
  test.use({
    gateEnv: async ({ gateEnv }, use) => use({ ...gateEnv, GATEHOUSE_TRUSTED_PROXIES: "127.0.0.1,127.0.0.2" }),
  })

  test("the device that is connected from where one works is named before it is narrowed", async ({
    ownerPage: page,
    gate,
    device,
    store,
  }) => {
    const own = device("My laptop")
    await own.knock({ scopes: [read, "operator.write"], from: "192.168.1.20" })
    await page.getByRole("button", { name: "Approve as operator with read, write" }).click()
    await expect.poll(() => store.db.device.count()).toBe(1)
    await own.enter({ scopes: [read, "operator.write"], from: "192.168.1.20" })
    await page.setExtraHTTPHeaders({ "X-Forwarded-For": "192.168.1.20" })
    await arrive(page, `${gate.url}/devices/${own.deviceId}`)
    await page.getByRole("region", { name: "Token as operator" }).getByRole("button", { name: "Rotate" }).click()
    const dialog = page.getByRole("dialog", { name: /Rotate the operator token/ })
    await dialog.getByRole("checkbox", { name: "operator.write" }).click()
    await expect(dialog).toContainText("It is connected from the address that you are working from")
    await dialog.getByRole("button", { name: "Rotate on pickup" }).click()
    await expect(dialog.getByRole("alert")).toContainText("Do you mean it?")
    await dialog.getByRole("checkbox", { name: /I have read what stops working/ }).click()
    await dialog.getByRole("button", { name: "Rotate on pickup all the same" }).click()
    await expect(dialog).toBeHidden()
    expect(await store.db.token.findFirstOrThrow()).toMatchObject({ scopes: read })
  })
})
