import { refusalOf, tokenOf } from "./device"
import { expect, owner, test } from "./fixtures"

const lan = "192.168.1.77"

test.describe("a device from elsewhere", () => {
  test("knocks, is shown with its reason, is approved, and is in", async ({ ownerPage: page, device, store }) => {
    await expect(page.getByRole("heading", { name: "No requests are waiting" })).toBeVisible()
    const phone = device("Pixel of Jonas")
    const refused = refusalOf(await phone.knock({ scopes: ["operator.read", "operator.write"], from: lan }))
    expect(refused).toMatchObject({ code: "PAIRING_REQUIRED", reason: "not-paired", pauseReconnect: false })

    const row = page.getByRole("list", { name: "Waiting requests" }).getByRole("link", { name: /Pixel of Jonas/ })
    await expect(row).toContainText("New device")
    await expect(row).toContainText(lan)
    const pane = page.getByRole("article", { name: "Pixel of Jonas" })
    await expect(pane).toContainText(phone.fingerprint)
    await expect(pane.getByRole("region", { name: "Why it waits" })).toContainText(/not.* this machine/)
    const table = pane.getByRole("table")
    await expect(table.getByRole("row", { name: /operator\.read/ })).toContainText("with write")
    await expect(table.getByRole("row", { name: /operator\.write/ })).toContainText("new")
    await pane.getByLabel("Note for the record").fill("Jonas asked for it")
    await pane.getByRole("button", { name: "Approve as operator with read, write" }).click()
    await expect(page.getByRole("region", { name: "How it ended" })).toContainText(`approved as asked by ${owner.name}`)
    await expect(page.getByRole("list", { name: "Waiting requests" }).getByRole("link")).toHaveCount(0)

    const connected = await phone.enter({ scopes: ["operator.read", "operator.write"], from: lan })
    expect(connected.hello.auth.scopes).toEqual(["operator.read", "operator.write"])
    expect(tokenOf(connected)).toHaveLength(43)
    const row1 = await store.db.device.findUniqueOrThrow({ where: { deviceId: phone.deviceId } })
    expect(row1).toMatchObject({ roles: "operator", approvedScopes: "operator.read operator.write", withheld: "" })
    const request = await store.db.request.findFirstOrThrow({ where: { deviceId: phone.deviceId } })
    expect(request).toMatchObject({ status: "approved", endedByName: owner.name, endNote: "Jonas asked for it" })
    const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "request.approved" } })
    expect(entry).toMatchObject({ actorName: owner.name, deviceId: phone.deviceId, note: "Jonas asked for it" })
  })

  test("asks for more, gets a part of it, and does not ask for ever", async ({ ownerPage: page, device, store }) => {
    const laptop = device("Ops laptop")
    await laptop.enter({ scopes: ["operator.read"] })
    const asked = ["operator.read", "operator.approvals", "operator.admin"]
    expect(refusalOf(await laptop.knock({ scopes: asked, from: lan }))).toMatchObject({ reason: "scope-upgrade" })

    const pane = page.getByRole("article", { name: "Ops laptop" })
    const row = (scope: RegExp) => pane.getByRole("row", { name: scope })
    await expect(row(/operator\.read/)).toContainText("has it")
    await expect(row(/operator\.admin/)).toContainText("everything")
    await expect(row(/operator\.approvals/)).toContainText("with admin")
    await row(/operator\.admin/)
      .getByRole("checkbox")
      .click()
    await expect(row(/operator\.approvals/).getByRole("checkbox")).toBeChecked()
    await pane.getByRole("button", { name: "Approve approvals, not admin" }).click()
    await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")

    for (let attempt = 0; attempt < 3; attempt += 1) {
      const connected = await laptop.enter({ scopes: asked, from: lan })
      expect([...connected.hello.auth.scopes].sort()).toEqual(["operator.approvals", "operator.read"])
    }
    const row1 = await store.db.device.findUniqueOrThrow({ where: { deviceId: laptop.deviceId } })
    expect(row1).toMatchObject({ approvedScopes: "operator.read operator.approvals", withheld: "operator.admin" })
    expect(await store.db.request.count({ where: { status: "pending" } })).toBe(0)
  })

  test("wants everything: no key approves it, and the last question names it", async ({
    ownerPage: page,
    device,
    store,
  }) => {
    const laptop = device("Night shift")
    await laptop.knock({ scopes: ["operator.admin"], from: lan })
    const pane = page.getByRole("article", { name: "Night shift" })
    await expect(pane).toBeVisible()
    await page.keyboard.press("a")
    await expect(pane.getByText(/No key approves this/)).toBeVisible()
    await pane.getByRole("button", { name: "Approve as operator with admin" }).click()
    const question = page.getByRole("alertdialog", { name: "Give admin to this device?" })
    await expect(question).toContainText("Night shift")
    await expect(question).toContainText(laptop.fingerprint)
    expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
    await question.getByRole("button", { name: "Approve as operator with admin" }).click()
    await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
    expect((await laptop.enter({ scopes: ["operator.admin"], from: lan })).hello.auth.scopes).toEqual([
      "operator.admin",
    ])
  })
})

test("a new role waits for a person, on this machine too", async ({ ownerPage: page, device, store }) => {
  const rack = device("rack-03")
  await rack.enter({ scopes: ["operator.read"] })
  expect(refusalOf(await rack.knock({ role: "node" }))).toMatchObject({ reason: "role-upgrade" })

  const pane = page.getByRole("article", { name: "rack-03" })
  await expect(pane).toContainText("New role")
  await expect(pane.getByRole("region", { name: "Why it waits" })).toContainText(
    "A person decides about every new role",
  )
  expect((await store.db.device.findUniqueOrThrow({ where: { deviceId: rack.deviceId } })).roles).toBe("operator")
  await pane.getByRole("button", { name: "Approve as node" }).click()
  await page
    .getByRole("alertdialog", { name: "Let this device be a node?" })
    .getByRole("button", { name: "Approve as node" })
    .click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  expect((await rack.enter({ role: "node" })).hello.auth.role).toBe("node")
})

test("a rejected ask is refused without a new request, until it is reopened", async ({
  ownerPage: page,
  device,
  store,
}) => {
  const phone = device("Old phone")
  await phone.knock({ scopes: ["operator.read"], from: lan })
  const pane = page.getByRole("article", { name: "Old phone" })
  await pane.getByRole("button", { name: "Reject" }).click()
  const ended = page.getByRole("region", { name: "How it ended" })
  await expect(ended).toContainText(`rejected by ${owner.name}`)
  expect(refusalOf(await phone.knock({ scopes: ["operator.read"], from: lan }))).toMatchObject({
    reason: "rejected",
    pauseReconnect: true,
  })
  expect(await store.db.request.count({ where: { deviceId: phone.deviceId, status: "pending" } })).toBe(0)

  await ended.getByRole("button", { name: "Reopen" }).click()
  await expect(ended.getByRole("button", { name: "Reopen" })).toHaveCount(0)
  expect(refusalOf(await phone.knock({ scopes: ["operator.read"], from: lan }))).toMatchObject({ reason: "not-paired" })
})

test("a blocked key is told so, whatever it asks", async ({ ownerPage: page, device, store }) => {
  const stranger = device("Stranger")
  await stranger.knock({ scopes: ["operator.read"], from: lan })
  const pane = page.getByRole("article", { name: "Stranger" })
  await pane.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Block this key" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Block the key" }).click()
  await expect(page.getByRole("list", { name: "Waiting requests" }).getByRole("link")).toHaveCount(0)
  expect(refusalOf(await stranger.knock({ role: "node" }))).toMatchObject({ reason: "blocked", pauseReconnect: true })
  expect(await store.db.block.count()).toBe(1)
})

test("a request that changed is not approved in its old form", async ({ ownerPage: page, device, store }) => {
  const laptop = device("Grows quietly")
  await laptop.knock({ scopes: ["operator.read"], from: lan })
  const pane = page.getByRole("article", { name: "Grows quietly" })
  await expect(pane.getByRole("button", { name: "Approve as operator with read" })).toBeVisible()
  await laptop.knock({ scopes: ["operator.read", "operator.pairing"], from: lan })

  await expect(page.getByText("The device has asked for something else")).toBeVisible()
  await expect(pane.getByRole("button", { name: /^Approve/ })).toHaveCount(0)
  await page.getByRole("button", { name: "Go to the new request" }).click()
  await expect(pane.getByRole("button", { name: "Approve as operator with read, pairing" })).toBeVisible()
  expect(await store.db.device.count({ where: { deviceId: laptop.deviceId } })).toBe(0)
})

test("rights that changed since they were shown stop an approval", async ({ ownerPage: page, device, store }) => {
  const laptop = device("Moving target")
  await laptop.enter({ scopes: ["operator.read"] })
  await laptop.knock({ scopes: ["operator.pairing"], from: lan })
  const pane = page.getByRole("article", { name: "Moving target" })
  await expect(pane.getByRole("button", { name: "Approve pairing" })).toBeVisible()
  // A silent grant on this machine moves the rights under the reader's eyes.
  await laptop.enter({ scopes: ["operator.write"] })
  await expect(pane.getByText("This changed since it was shown to you")).toBeVisible()
  await expect(pane.getByRole("button", { name: "Approve pairing" })).toBeDisabled()
  await pane.getByRole("button", { name: "Show the present state" }).click()
  await expect(pane.getByRole("button", { name: "Approve pairing" })).toBeEnabled()
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
})

test("two people decide at once: one wins, the other learns who", async ({
  ownerPage: page,
  device,
  person,
  pageOf,
  store,
}) => {
  const other = await person("approver", "Mara")
  const second = await pageOf(other)
  const phone = device("Contested")
  await phone.knock({ scopes: ["operator.read"], from: lan })
  const approve = (from: typeof page) =>
    from.getByRole("article", { name: "Contested" }).getByRole("button", { name: "Approve as operator with read" })
  await expect(approve(page)).toBeVisible()
  await expect(approve(second)).toBeVisible()
  await Promise.all([approve(page).click(), approve(second).click({ noWaitAfter: true })])

  await expect.poll(() => store.db.request.count({ where: { status: "approved" } })).toBe(1)
  const request = await store.db.request.findFirstOrThrow({ where: { deviceId: phone.deviceId } })
  expect([owner.name, "Mara"]).toContain(request.endedByName)
  expect(await store.db.auditEntry.count({ where: { action: "request.approved" } })).toBe(1)
  for (const each of [page, second])
    await expect(each.getByRole("region", { name: "How it ended" })).toContainText(
      `approved as asked by ${request.endedByName}`,
    )
})

test("a request expires while somebody looks at it", async ({ ownerPage: page, device, store }) => {
  const phone = device("Gives up")
  await phone.knock({ scopes: ["operator.read"], from: lan })
  await store.db.request.updateMany({ where: { deviceId: phone.deviceId }, data: { triedAtMs: Date.now() - 275_000 } })
  await page.reload()
  const pane = page.getByRole("article", { name: "Gives up" })
  await expect(pane.getByRole("timer")).toContainText(/0:\d\d/)
  await expect(pane.getByRole("button", { name: "Approve as operator with read" })).toBeVisible()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("nobody decided", { timeout: 60_000 })
  await expect(pane.getByRole("button", { name: /^Approve/ })).toHaveCount(0)
  await expect
    .poll(async () => (await store.db.request.findFirstOrThrow({ where: { deviceId: phone.deviceId } })).status)
    .toBe("expired")
})

test("everything can be decided from the keyboard", async ({ ownerPage: page, device, store }) => {
  const first = device("First in line")
  const second = device("Second in line")
  await first.knock({ scopes: ["operator.read"], from: lan })
  await second.knock({ scopes: ["operator.write"], from: "192.168.1.78" })
  await expect(page.getByRole("article", { name: "First in line" })).toBeVisible()
  await expect(page.getByRole("link", { name: /Second in line/ })).toBeVisible()
  await page.keyboard.press("j")
  await expect(page.getByRole("article", { name: "Second in line" })).toBeVisible()
  await page.keyboard.press("n")
  await expect(page.getByLabel("Note for the record")).toBeFocused()
  await page.keyboard.type("by hand")
  await page.keyboard.press("Escape")
  await page.keyboard.press("r")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("rejected")
  await page.keyboard.press("k")
  await expect(page.getByRole("article", { name: "First in line" })).toBeVisible()
  await page.keyboard.press("a")
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  const status = async (deviceId: string) => (await store.db.request.findFirstOrThrow({ where: { deviceId } })).status
  expect(await status(first.deviceId)).toBe("approved")
  expect(await status(second.deviceId)).toBe("rejected")
})

test("a name cannot pretend: what cannot be seen is taken out", async ({ ownerPage: page, device, store }) => {
  const liar = device("Ops\u202E laptop\u200B")
  await liar.knock({ scopes: ["operator.read"], from: lan })
  const row = page.getByRole("list", { name: "Waiting requests" }).getByRole("link")
  await expect(row).toContainText("Ops laptop")
  expect(await row.textContent()).not.toMatch(/[\u202E\u200B]/)
  const { displayName } = await store.db.request.findFirstOrThrow({ where: { deviceId: liar.deviceId } })
  expect(displayName).not.toMatch(/[\u202E\u200B]/)
})
