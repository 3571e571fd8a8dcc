import type { Page } from "@playwright/test"
import { tokenOf } from "./device"
import { arrive, expect, owner, test } from "./fixtures"
import { look } from "./look"

const lan = "192.168.1.77"
const [read, write, admin, approvals] = ["operator.read", "operator.write", "operator.admin", "operator.approvals"]

async function edit(page: Page) {
  await page.getByRole("button", { name: /^Edit scopes/ }).click()
  const dialog = page.getByRole("dialog", { name: /Edit the operator scopes/ })
  const tick = (column: "Approved" | "In token", scope: string) =>
    dialog.getByRole("checkbox", { name: `${column}: ${scope}`, exact: true })
  return { dialog, tick, follows: dialog.getByRole("region", { name: "What will happen" }) }
}

test("more is approved without a request, after the fingerprint was compared, and nobody is stranded", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  const connected = await laptop.enter({ scopes: [read] })
  const old = tokenOf(connected)
  await laptop.knock({ scopes: [read, admin], from: lan })
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  await expect(page.getByText("1 request waiting")).toBeVisible()
  const { dialog, tick, follows } = await edit(page)
  await expect(tick("Approved", read)).toBeChecked()
  await expect(tick("In token", read)).toBeChecked()
  await tick("Approved", admin).click()
  await expect(tick("In token", admin)).toBeChecked()
  await expect(follows).toContainText("You approve admin without a request")
  await expect(follows.getByRole("list", { name: "Connections that close" })).toContainText("127.0.0.1")
  await dialog.getByLabel("Note for the record").fill("New on call")
  await dialog.getByRole("button", { name: "Approve" }).click()
  const question = page.getByRole("alertdialog", { name: "Give admin to this device?" })
  await expect(question).toContainText(laptop.fingerprint)
  expect(await store.db.auditEntry.count({ where: { action: "device.ceiling-raised" } })).toBe(0)
  await question.getByRole("button", { name: "Approve" }).click()
  await expect(dialog).toBeHidden()

  expect((await connected.closed).code).toBe(4001)
  expect(await store.db.device.findFirstOrThrow()).toMatchObject({ approvedScopes: `${read} ${admin}` })
  expect(await store.db.auditEntry.findFirstOrThrow({ where: { action: "device.ceiling-raised" } })).toMatchObject({
    ...{ actorName: owner.name, note: "New on call", deviceId: laptop.deviceId },
  })
  expect(await store.db.request.findFirstOrThrow()).toMatchObject({ status: "covered", endedByName: owner.name })
  const happened = page.getByRole("region", { name: "What happened" }).getByRole("listitem")
  await expect(happened.filter({ hasText: `${owner.name} approved admin without a request.` })).toHaveCount(1)
  const handed = await laptop.enter({ scopes: [read], deviceToken: old, from: lan })
  const again = await laptop.enter({ scopes: [read, admin], deviceToken: tokenOf(handed), from: lan })
  expect(again.hello.auth.scopes).toEqual([read, admin])
})

test("the token is narrowed, the ceiling lowered and a mark taken off, each shown before it is done", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Kitchen tablet")
  await laptop.enter({ scopes: [read, write, approvals] })
  const record = () => store.db.device.findFirstOrThrow()
  const token = () => store.db.token.findFirstOrThrow()
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)

  const first = await edit(page)
  await first.tick("In token", approvals).click()
  await expect(first.follows).toContainText(
    "A reconnect with the shared token may still use everything that is approved",
  )
  await first.dialog.getByRole("button", { name: "Rotate" }).click()
  await expect(first.dialog).toBeHidden()
  expect(await token()).toMatchObject({ scopes: `${read} ${write}` })
  expect(await record()).toMatchObject({ approvedScopes: `${read} ${write} ${approvals}`, isNarrowed: true })

  const rights = page.getByRole("region", { name: "Rights as operator" })
  await expect(rights).toContainText("token narrower than approved")

  const second = await edit(page)
  await second.tick("Approved", write).click()
  await second.tick("In token", approvals).click()
  await expect(second.follows).toContainText("write leaves what is approved and the token")
  await second.dialog.getByRole("button", { name: "Lower and rotate" }).click()
  await expect(second.dialog).toBeHidden()
  expect(await token()).toMatchObject({ scopes: `${read} ${approvals}` })
  expect(await record()).toMatchObject({ approvedScopes: `${read} ${approvals}`, withheld: write })
  const narrow = await laptop.enter({ scopes: [read, write] })
  expect(narrow.hello.auth.scopes).toEqual([read])

  await expect(rights.getByRole("row", { name: /operator\.write/ })).toContainText("withheld")

  const third = await edit(page)
  await third.dialog.getByRole("checkbox", { name: `Take the mark off ${write}` }).click()
  await expect(third.follows).toContainText("a rule may grant it without asking anybody. Nothing is granted now.")
  await expect(third.follows).toContainText("No live connection is closed.")
  await third.dialog.getByRole("button", { name: "Release" }).click()
  await expect(third.dialog).toBeHidden()
  expect(await record()).toMatchObject({ approvedScopes: `${read} ${approvals}`, withheld: "" })
  const wide = await laptop.enter({ scopes: [read, write] })
  expect(wide.hello.auth.scopes).toEqual([read, write])
  expect((await store.db.auditEntry.findMany({ where: { actorKind: "admin" } })).map(({ action }) => action)).toEqual(
    expect.arrayContaining(["token.rotated", "device.ceiling-lowered", "device.withheld-released"]),
  )
})

test("what is unticked beside a wider one that includes it is said to stay, and does", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Wider one")
  await laptop.enter({ scopes: [read, write, approvals] })
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  const { dialog, tick, follows } = await edit(page)
  await tick("Approved", admin).click()
  await tick("Approved", write).click()
  await expect(follows).toContainText("write stays in effect within admin. Its own name is taken out")
  await expect(follows).not.toContainText("leaves what is approved")
  await dialog.getByRole("button", { name: "Approve" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Approve" }).click()
  await expect(dialog).toBeHidden()
  expect(await store.db.device.findFirstOrThrow()).toMatchObject({ approvedScopes: `${read} ${approvals} ${admin}` })
  const rights = page.getByRole("region", { name: "Rights as operator" })
  await expect(rights).toContainText(/Included in what is approved: write,/)
  expect((await laptop.enter({ scopes: [write] })).hello.auth.scopes).toEqual([write])
})

test("what a wider one includes can be unticked and ticked again, by keys too", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const laptop = device("Back and forth")
  await laptop.enter({ scopes: [read, write] })
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  const { dialog, tick } = await edit(page)
  for (const column of ["Approved", "In token"] as const) {
    await tick(column, read).focus()
    await page.keyboard.press("Space")
    await expect(tick(column, read)).not.toBeChecked()
    await expect(tick(column, read)).toHaveAccessibleDescription("included")
    await expect(tick(column, read)).toBeFocused()
    await page.keyboard.press("Space")
    await expect(tick(column, read)).toBeChecked()
  }
  await expect(dialog.getByRole("region", { name: "Before and after" })).toContainText("Nothing is changed yet.")
})

test("before and after, what closes and the button stay in sight while one ticks", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const laptop = device("Long table")
  await laptop.enter({ scopes: [read] })
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  const { dialog, tick } = await edit(page)
  const change = dialog.getByRole("region", { name: "Before and after" })
  await tick("Approved", write).click()
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height })
    await tick("Approved", write).focus()
    await expect(tick("Approved", write)).toBeInViewport()
    await expect(change).toBeInViewport({ ratio: 1 })
    await expect(change).toContainText("1 live connection is closed.")
    await expect(change).toHaveText(/Approved\s*now\s*read\s*afterwards\s*read\s*write/)
    await expect(dialog.getByRole("button", { name: "Approve" })).toBeInViewport({ ratio: 1 })
  }
})

test("a node without scopes has a sentence where there is nothing to tick", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const rack = device("Rack 03")
  await rack.enter({ role: "node" })
  await arrive(page, `${gate.url}/devices/${rack.deviceId}`)
  await page.getByRole("button", { name: /^Edit scopes/ }).click()
  const dialog = page.getByRole("dialog", { name: /Edit the node scopes/ })
  await expect(dialog).toContainText("As node it has no scopes, and needs none to connect")
  await expect(dialog.getByRole("table")).toHaveCount(0)
})

test("one connection is closed without touching any right, and its client may come back", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Two windows")
  const near = await laptop.enter({ scopes: [read] })
  const far = await laptop.enter({ scopes: [read], from: lan })
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  const before = await store.db.token.findFirstOrThrow()
  const sessions = page.getByRole("region", { name: "Live sessions" })
  await sessions.getByRole("button", { name: `Disconnect ${lan}` }).click()
  const question = page.getByRole("alertdialog", { name: `Disconnect ${lan}?` })
  await expect(question).toContainText("its client may reconnect at once")
  await question.getByRole("button", { name: "Disconnect, it may reconnect" }).click()
  expect((await far.closed).code).toBe(1012)
  await expect(sessions.getByText("1 connection")).toBeVisible()
  await expect(sessions).toContainText("127.0.0.1")
  const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "session.disconnected" } })
  expect(entry).toMatchObject({ actorName: owner.name, deviceId: laptop.deviceId })
  expect(JSON.parse(entry.before ?? "")).toMatchObject({ address: lan, scopes: [read] })
  expect(await store.db.token.findFirstOrThrow()).toMatchObject({ tokenId: before.tokenId, revokedAtMs: null })
  await laptop.enter({ scopes: [read], from: lan })
  await expect(sessions.getByText("2 connections")).toBeVisible()
  await laptop.leave()
  await near.closed
})

test("what is given by an edit can end by itself, and says so before and after", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const laptop = device("Night shift")
  await laptop.enter({ scopes: [read] })
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  const { dialog, tick, follows } = await edit(page)
  await expect(dialog.getByRole("combobox", { name: "For how long" })).toBeHidden()
  await tick("Approved", admin).click()
  await dialog.getByRole("combobox", { name: "For how long" }).selectOption("1 hour")
  await expect(follows).toContainText("You approve admin for 1 hour without a request")
  await look(page, "device-edit-for-a-time")
  await dialog.getByRole("button", { name: "Approve" }).click()
  const question = page.getByRole("alertdialog")
  await expect(question).toContainText("It has this for 1 hour. Then it ends by itself")
  await question.getByRole("button", { name: "Approve" }).click()
  await expect(dialog).toBeHidden()

  const row = await store.db.device.findFirstOrThrow()
  const endMs = row.nextEndMs ?? 0
  expect(JSON.parse(row.ends)).toEqual({ [admin]: endMs })
  expect(Math.abs(endMs - Date.now() - 3_600_000)).toBeLessThan(60_000)
  const rights = page.getByRole("region", { name: "Rights as operator" })
  await expect(rights.getByRole("row", { name: /operator\.admin/ })).toContainText("until")
  const happened = page.getByRole("region", { name: "What happened" }).getByRole("listitem")
  await expect(happened.filter({ hasText: /approved admin without a request, until/ })).toHaveCount(1)
})
