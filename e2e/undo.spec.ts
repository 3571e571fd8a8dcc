import { refusalOf } from "./device"
import { arrive, expect, owner, test } from "./fixtures"

const lan = "192.168.1.77"

test("an approval that was just made is undone, and the page says what it cannot take back", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const phone = device("Pixel of Jonas")
  const ask = { scopes: ["operator.read"], from: lan } as const
  await phone.knock(ask)
  const waiting = page.getByRole("article", { name: "Pixel of Jonas" })
  await waiting.getByRole("combobox", { name: "For how long" }).selectOption(String(3_600_000))
  await waiting.getByRole("button", { name: /^Approve/ }).click()
  const ended = page.getByRole("region", { name: "How it ended" })
  await expect(ended).toContainText("It has not connected since.")
  const session = await phone.enter(ask)
  const { requestId } = await store.db.request.findFirstOrThrow()
  await expect.poll(async () => (await store.db.device.findFirstOrThrow()).lastSeenAtMs).not.toBeNull()
  await arrive(page, `${gate.url}/requests?id=${requestId}`)
  await expect(ended).toContainText("It has connected since: what it read or did stays done.")
  await ended.getByRole("button", { name: "Undo" }).click()
  await expect(ended.getByRole("status")).toContainText(`Undone by ${owner.name}`)
  expect(await session.closed).toMatchObject({ code: 4001 })
  expect(refusalOf(await phone.knock(ask))).toMatchObject({ reason: "role-upgrade" })
  expect(await store.db.token.findFirstOrThrow()).toMatchObject({ revokedAtMs: expect.any(Number) })

  await arrive(page, `${gate.url}/requests?id=${requestId}`)
  await expect(ended.getByRole("status")).toContainText(`Undone by ${owner.name}`)
  await expect(ended).toContainText("its role as operator was revoked")
  await expect(ended).not.toContainText("by itself")
  const pane = page.getByRole("article", { name: "Pixel of Jonas" })
  await expect(pane.getByText("Undone", { exact: true })).toBeVisible()
  await expect(pane.getByText("Approved", { exact: true })).toBeHidden()
  await expect(pane.getByText("taken back", { exact: true })).toBeVisible()
  await expect(page.getByRole("region", { name: "Earlier requests" })).toContainText("Undone")

  const again = await store.db.request.findFirstOrThrow({ where: { status: "pending" } })
  await arrive(page, `${gate.url}/requests?id=${again.requestId}`)
  const change = page.getByRole("region", { name: "What would change" })
  await expect(change).toContainText("Becomes an operator again")
  await expect(change).toContainText("Its role as operator was revoked")
  await expect(change).not.toContainText("So far")
})

test("undoing more scopes takes back only those, by a key too", async ({ ownerPage: page, device, store }) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await laptop.knock({ scopes: ["operator.read", "operator.talk"], from: lan })
  await page
    .getByRole("article", { name: "Ops laptop" })
    .getByRole("button", { name: /^Approve/ })
    .click()
  const ended = page.getByRole("region", { name: "How it ended" })
  await expect(ended).toContainText("Undoing takes operator.talk back")
  await page.keyboard.press("u")
  await expect(ended.getByRole("status")).toContainText("what it added was taken back")
  expect(await store.db.device.findFirstOrThrow()).toMatchObject({ approvedScopes: "operator.read" })
})

test("who is approved again after an undo has what is chosen then", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const eli = device("Eli")
  const ask = { scopes: ["operator.read"], from: lan } as const
  const pane = page.getByRole("article", { name: "Eli" })
  const ended = page.getByRole("region", { name: "How it ended" })
  await eli.knock(ask)
  await pane.getByRole("combobox", { name: "For how long" }).selectOption(String(3_600_000))
  await pane.getByRole("button", { name: /^Approve/ }).click()
  await ended.getByRole("button", { name: "Undo" }).click()
  await expect(ended.getByRole("status")).toContainText("Undone")

  await eli.knock(ask)
  const { requestId } = await store.db.request.findFirstOrThrow({ where: { status: "pending" } })
  await arrive(page, `${gate.url}/devices/${eli.deviceId}`)
  await expect(page.getByRole("main").getByText("Role back")).toBeVisible()
  await arrive(page, `${gate.url}/requests?id=${requestId}`)
  const row = page.getByRole("list", { name: "Waiting requests" }).getByRole("link")
  await expect(row).toContainText("Role back")
  await expect(row).toContainText("asks to be operator again with read")
  await pane.getByRole("button", { name: /^Approve/ }).click()
  const question = page.getByRole("alertdialog")
  await expect(question).toContainText("With its role back it can act as an operator again, until somebody revokes it.")
  await question.getByRole("button", { name: /^Approve/ }).click()
  await expect(ended).toContainText("as asked")
  expect(await store.db.device.findFirstOrThrow()).toMatchObject({ ends: "{}", nextEndMs: null })

  await arrive(page, `${gate.url}/devices/${eli.deviceId}`)
  const chart = page.getByRole("figure", { name: "Scope history over time" })
  await expect(chart.getByRole("link", { name: /^operator\.read approved/ })).toHaveCount(2)
})

test("an approval of more says what ends as it would have", async ({ ownerPage: page, gate, device, store }) => {
  const mia = device("Mia")
  const pane = page.getByRole("article", { name: "Mia" })
  await mia.knock({ scopes: ["operator.read"], from: lan })
  await pane.getByRole("combobox", { name: "For how long" }).selectOption(String(3_600_000))
  await pane.getByRole("button", { name: /^Approve/ }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("ends by itself")

  await mia.knock({ scopes: ["operator.read", "operator.talk"], from: lan })
  const { requestId } = await store.db.request.findFirstOrThrow({ where: { status: "pending" } })
  await arrive(page, `${gate.url}/requests?id=${requestId}`)
  await expect(pane).toContainText("operator.read still ends")
  await pane.getByRole("button", { name: "Approve talk" }).click()
  const asked = page.getByRole("region", { name: "What was asked" })
  await expect(asked.getByRole("listitem").filter({ hasText: "operator.read" })).toContainText("granted, ends")
  const { ends } = await store.db.device.findFirstOrThrow()
  expect(JSON.parse(ends)).toEqual({ "operator.read": expect.any(Number) })
})
