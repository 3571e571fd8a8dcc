import { expect, test } from "./fixtures"

const lan = "192.168.1.77"
const ask = { scopes: ["operator.read"], from: lan } as const

test("a rejected device is told the reason that is meant for it, and the note stays here", async ({
  ownerPage: page,
  device,
  store,
}) => {
  const phone = device("Old phone")
  await phone.knock(ask)
  const pane = page.getByRole("article", { name: "Old phone" })
  await pane.getByLabel("Note for the record").fill("probably Jonas")
  await pane.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Reject and say why" }).click()
  const question = page.getByRole("alertdialog", { name: "Reject this request?" })
  await expect(question).toContainText(phone.fingerprint)
  await expect(question).toContainText("is refused for 1 day")
  await expect(question.getByLabel("Note for the record")).toHaveValue("probably Jonas")
  await question.getByLabel("Told to the device").fill("Ask at the desk first")
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
  await question.getByRole("button", { name: "Reject" }).click()

  const ended = page.getByRole("region", { name: "How it ended" })
  await expect(ended).toContainText("Told to the device: “Ask at the desk first”")
  await expect(ended).toContainText("probably Jonas")
  const refused = await phone.knock(ask)
  expect(refused).toMatchObject({
    ok: false,
    error: { details: { reason: "rejected", toldReason: "Ask at the desk first" } },
  })
  expect(JSON.stringify(refused)).not.toContain("Jonas")
  expect(await store.db.request.findFirstOrThrow()).toMatchObject({
    status: "rejected",
    toldReason: "Ask at the desk first",
    endNote: "probably Jonas",
  })
})

test("a blocked device is told why", async ({ ownerPage: page, device, store }) => {
  const stranger = device("Stranger")
  await stranger.knock(ask)
  await page.getByRole("article", { name: "Stranger" }).getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Block this key" }).click()
  const question = page.getByRole("alertdialog", { name: "Block this key?" })
  await question.getByLabel("Told to the device").fill("Reported lost")
  await question.getByRole("button", { name: "Block the key" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("Reported lost")
  expect(await stranger.knock(ask)).toMatchObject({
    ok: false,
    error: { message: "pairing required: the device is blocked: Reported lost" },
  })
  expect(await store.db.block.findFirstOrThrow()).toMatchObject({ toldReason: "Reported lost" })
})

test("a device that is blocked on its own page is told why", async ({ ownerPage: page, gate, device, store }) => {
  const tablet = device("Tablet")
  await tablet.knock({ scopes: ["operator.read"] })
  await page.goto(`${gate.url}/devices/${tablet.deviceId}`)
  await page.getByRole("button", { name: "Block", exact: true }).click()
  const question = page.getByRole("alertdialog", { name: /Block Tablet/ })
  await question.getByLabel("Told to the device").fill("Stolen on Friday")
  await question.getByLabel("Note for the record").fill("police report 12")
  await question.getByRole("button", { name: "Block" }).click()
  await expect(page.getByText("It is told: Stolen on Friday")).toBeVisible()
  const refused = await tablet.knock({ scopes: ["operator.read"] })
  expect(refused).toMatchObject({
    ok: false,
    error: { message: "pairing required: the device is blocked: Stolen on Friday" },
  })
  expect(JSON.stringify(refused)).not.toContain("police")
  expect(await store.db.block.findFirstOrThrow()).toMatchObject({
    toldReason: "Stolen on Friday",
    note: "police report 12",
  })
})

test("where the policy wants a note with a grave grant, the button asks for it", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await page.goto(`${gate.url}/policy`)
  await page.getByRole("radiogroup", { name: "A note with grave grants" }).getByLabel("Required").click()
  await page.getByRole("button", { name: "Review and save" }).click()
  const review = page.getByRole("dialog", { name: "Change the policy" })
  await review.getByLabel("Why").fill("The auditors ask")
  await review.getByRole("button", { name: "Put into force" }).click()
  await expect(page.getByText("version 1", { exact: true })).toBeVisible()

  const laptop = device("Night shift")
  await laptop.knock({ scopes: ["operator.admin"], from: lan })
  await page.goto(`${gate.url}/requests`)
  const pane = page.getByRole("article", { name: "Night shift" })
  const approve = pane.getByRole("button", { name: "Approve as operator with admin" })
  await approve.click()
  await expect(pane.getByText("The policy wants a note with a grant like this one.")).toBeVisible()
  await expect(pane.getByLabel("Note for the record")).toBeFocused()
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
  await page.keyboard.type("on call this week")
  await approve.click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Approve as operator with admin" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("on call this week")
  expect(await store.db.request.findFirstOrThrow()).toMatchObject({ status: "approved", endNote: "on call this week" })
})
