import { refusalOf, tokenOf } from "./device"
import { expect, owner, test } from "./fixtures"

const lan = "192.168.1.77"

test("more scopes on this machine come silently, show as silent, and can be taken back", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Quiet laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  const connected = await laptop.enter({ scopes: ["operator.read", "operator.approvals"] })
  expect(connected.hello.auth.scopes).toContain("operator.approvals")
  expect(await store.db.request.count()).toBe(0)

  await page.goto(`${gate.url}/devices`)
  const row = page.getByRole("row", { name: /Quiet laptop/ })
  await expect(row).toContainText("silent")
  await expect(row).toContainText("online")
  await row.getByRole("link", { name: "Quiet laptop" }).click()
  await expect(page).toHaveURL(new RegExp(laptop.deviceId))
  const rights = page.getByRole("region", { name: "Rights as operator" })
  await expect(rights.getByRole("row", { name: /approvals/ })).toContainText("silent")
  const happened = page.getByRole("region", { name: "What happened" }).getByRole("listitem")
  await expect(happened.filter({ hasText: "approvals" }).filter({ hasText: "silently" })).toHaveCount(1)
  // What it had already, it did not get.
  await expect(happened.filter({ hasText: "approvals" }).first()).toContainText("Got approvals silently.")
  await expect(page.getByRole("region", { name: "Token as operator" })).toContainText(
    "silently, by the rule for this machine",
  )
  const lanes = page.getByRole("figure", { name: "Scope history over time" })
  await expect(
    lanes.getByRole("button", { name: /^operator\.approvals approved silently,.*by the rule for this machine/ }),
  ).toBeVisible()
  const history = page.getByRole("table", { name: "Scope history" })
  await expect(history.getByRole("row", { name: /approvals/ })).toContainText(
    /approved silently by the rule for this machine/,
  )
  expect(
    await store.db.scopeChange.findMany({ where: { scope: "operator.approvals", change: "approved" } }),
  ).toMatchObject([{ deviceId: laptop.deviceId, silent: true, actorKind: "rule" }])

  await rights.getByRole("button", { name: "take back operator.approvals" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Take back" }).click()
  await expect(rights.getByRole("row", { name: /approvals/ })).toContainText("withheld")
  const { code } = await connected.closed
  expect(code).toBe(4001)
  const again = await laptop.enter({ scopes: ["operator.read", "operator.approvals"] })
  expect(again.hello.auth.scopes).toEqual(["operator.read"])
})

test("a token rotated to fewer scopes leaves what is approved, and a reconnect within it is no request", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  const all = ["operator.read", "operator.approvals"]
  const token = tokenOf(await laptop.enter({ scopes: all }))
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await page.getByRole("region", { name: "Token as operator" }).getByRole("button", { name: "Rotate" }).click()
  const dialog = page.getByRole("dialog", { name: /Rotate the operator token/ })
  await dialog.getByRole("checkbox", { name: "operator.approvals" }).click()
  await dialog.getByRole("radio", { name: /At once/ }).click()
  await expect(dialog.getByRole("region", { name: "What will happen" })).toContainText("It loses approvals")
  await dialog.getByLabel("Note for the record").fill("Seen in a log")
  await dialog.getByRole("button", { name: "Rotate at once" }).click()
  await expect(dialog).toBeHidden()
  expect(await store.db.auditEntry.findFirstOrThrow({ where: { action: "token.rotated" } })).toMatchObject({
    ...{ deviceId: laptop.deviceId, actorName: owner.name, note: "Seen in a log" },
  })

  const rights = page.getByRole("region", { name: "Rights as operator" })
  await expect(rights.getByRole("row", { name: /approvals/ })).toContainText("narrowed")
  await expect(rights).toContainText("token narrower than approved")
  await expect(
    page.getByRole("table", { name: "Scope history" }).getByRole("row", { name: /approvals/ }),
  ).toContainText(`narrowed out of the token by ${owner.name}`)
  expect(refusalOf(await laptop.knock({ scopes: ["operator.read"], deviceToken: token }))).toMatchObject({
    code: "AUTH_DEVICE_TOKEN_MISMATCH",
  })
  // Seed 2: the ceiling is what it was, and what lies within it needs nobody.
  const approved = { approvedScopes: all.join(" ") }
  const record = () => store.db.device.findUniqueOrThrow({ where: { deviceId: laptop.deviceId } })
  expect(await record()).toMatchObject({ ...approved, isNarrowed: true })
  const narrow = tokenOf(await laptop.enter({ scopes: ["operator.read"], from: lan }))
  const withToken = await laptop.enter({ scopes: all, from: lan, deviceToken: narrow })
  expect(withToken.hello.auth.scopes).toEqual(["operator.read"])
  const withSecret = await laptop.enter({ scopes: all, from: lan })
  expect(withSecret.hello.auth.scopes).toEqual(all)
  expect(await store.db.request.count()).toBe(0)
  expect(await record()).toMatchObject(approved)
  await expect(rights.getByRole("row", { name: /approvals/ })).toContainText("in token")
})

test("a token rotated on pickup is handed to its running client, and the old one dies then", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const laptop = device("Running client")
  const connected = await laptop.enter({ scopes: ["operator.read"] })
  const old = tokenOf(connected)
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  const card = page.getByRole("region", { name: "Token as operator" })
  await card.getByRole("button", { name: "Rotate" }).click()
  const dialog = page.getByRole("dialog", { name: /Rotate the operator token/ })
  await expect(dialog.getByRole("radio", { name: /On pickup/ })).toBeChecked()
  await dialog.getByRole("button", { name: "Rotate on pickup" }).click()
  await expect(card).toContainText("waiting for the device")
  expect((await connected.closed).code).toBe(4001)

  const handed = await laptop.enter({ scopes: ["operator.read"], deviceToken: old })
  const fresh = tokenOf(handed)
  expect(fresh).not.toBe(old)
  await expect(card).toContainText("delivered, not used yet")
  await laptop.enter({ scopes: ["operator.read"], deviceToken: fresh })
  await expect(card).toContainText("old one dead")
  expect(refusalOf(await laptop.knock({ scopes: ["operator.read"], deviceToken: old }))).toMatchObject({
    code: "AUTH_DEVICE_TOKEN_MISMATCH",
  })
})

test("a revoked token bites at once, and the role comes back by an approval only", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Left on a train")
  const connected = await laptop.enter({ scopes: ["operator.read"] })
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  const card = page.getByRole("region", { name: "Token as operator" })
  await card.getByRole("button", { name: "Revoke" }).click()
  const question = page.getByRole("alertdialog", { name: /Revoke the operator token/ })
  await expect(question).toContainText("1 live connection is closed within a second")
  const bitten = connected.closed.then(({ code }) => ({ code, atMs: Date.now() }))
  await question.getByRole("button", { name: "Revoke" }).click()
  await expect(card).toContainText("Revoked")
  const { code, atMs } = await bitten
  expect(code).toBe(4001)
  const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "token.revoked" } })
  expect(atMs - entry.atMs).toBeLessThan(1_000)
  expect(entry).toMatchObject({ actorName: owner.name, deviceId: laptop.deviceId })

  expect(refusalOf(await laptop.knock({ scopes: ["operator.read"] }))).toMatchObject({ reason: "role-upgrade" })
  await expect(page.getByText("1 request waiting")).toBeVisible()
  await page.getByRole("link", { name: "Decide", exact: true }).click()
  await expect(page.getByRole("article", { name: "Left on a train" })).toContainText("A person revoked this role")
})

test("a blocked device is cut off and comes back with its rights when it is unblocked", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("On probation")
  const connected = await laptop.enter({ scopes: ["operator.read"] })
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await page.getByRole("button", { name: "Block", exact: true }).click()
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Block/ })
    .click()
  await expect(page.getByText("blocked this key")).toBeVisible()
  expect((await connected.closed).code).toBe(4001)
  expect(refusalOf(await laptop.knock({ scopes: ["operator.read"] }))).toMatchObject({ reason: "blocked" })
  expect(await store.db.device.findUniqueOrThrow({ where: { deviceId: laptop.deviceId } })).toMatchObject({
    isBlocked: true,
    approvedScopes: "operator.read",
  })
  await page.getByRole("button", { name: "Unblock", exact: true }).click()
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Unblock/ })
    .click()
  await expect(page.getByText("blocked this key")).toBeHidden()
  expect((await laptop.enter({ scopes: ["operator.read"] })).hello.auth.scopes).toEqual(["operator.read"])
})

test("a list keeps its state in the address", async ({ ownerPage: page, gate, device }) => {
  await device("Kitchen display").enter({ scopes: ["operator.read"] })
  await device("Rack").enter({ role: "node" })
  await page.goto(`${gate.url}/devices`)
  await expect(page.getByRole("row", { name: /Rack/ })).toBeVisible()
  await page.getByRole("searchbox", { name: "Search devices" }).fill("kitchen")
  await expect(page).toHaveURL(/kitchen/)
  await expect(page.getByRole("row", { name: /Kitchen display/ })).toBeVisible()
  await expect(page.getByRole("row", { name: /Rack/ })).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole("row", { name: /Kitchen display/ })).toBeVisible()
  await expect(page.getByRole("row", { name: /Rack/ })).toHaveCount(0)
})
