import type { Page, Request } from "@playwright/test"
import { expect, test } from "./fixtures"

const lan = "192.168.1.77"

const asked = /\/api\/(?!events)/

/**
 * Lets a page be kept from what it asks for by itself, so that it goes on showing what it shows. What it has asked for
 * already could be answered by what happens next, so that is waited for. Called before the page asks.
 */
function holdable(page: Page) {
  const onTheWay = new Set<Request>()
  page.on("request", (request) => asked.test(request.url()) && onTheWay.add(request))
  page.on("requestfinished", (request) => onTheWay.delete(request))
  page.on("requestfailed", (request) => onTheWay.delete(request))
  return {
    hold: async () => {
      await page.route(asked, (route) => route.abort())
      await expect.poll(() => onTheWay.size).toBe(0)
    },
    release: () => page.unroute(asked),
  }
}

test("Approve, pressed on rights that have changed, approves nothing and shows old and new", async ({
  ownerPage: page,
  device,
  store,
}) => {
  const { hold, release } = holdable(page)
  const laptop = device("Moving target")
  await laptop.enter({ scopes: ["operator.read"] })
  await laptop.knock({ scopes: ["operator.read", "operator.talk", "operator.approvals"], from: lan })
  const pane = page.getByRole("article", { name: "Moving target" })
  const approve = pane.getByRole("button", { name: /^Approve/ })
  await expect(approve).toHaveText(/talk.*approvals|approvals.*talk/)
  await hold()
  await laptop.enter({ scopes: ["operator.read", "operator.talk"] })
  await approve.click()
  await expect.poll(() => store.db.request.count({ where: { status: "pending" } })).toBe(1)
  await release()
  await expect(pane.getByText("This changed since it was shown to you, so nothing was approved.")).toBeVisible()
  await expect(pane.getByRole("alert").or(pane.getByRole("status")).filter({ hasText: "operator.talk" })).toContainText(
    "new → approved, in the token",
  )
  await expect(approve).toBeDisabled()
  const record = () => store.db.device.findUniqueOrThrow({ where: { deviceId: laptop.deviceId } })
  expect((await record()).approvedScopes).toBe("operator.read operator.talk")
  expect(await store.db.auditEntry.count({ where: { action: "request.approved" } })).toBe(0)

  await pane.getByRole("button", { name: "Show the present state" }).click()
  await expect(approve).toHaveText(/Approve approvals/)
  await approve.click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved")
  expect((await record()).approvedScopes).toContain("operator.approvals")
})

test("Approve, pressed on a request that was replaced, approves nothing and shows old and new", async ({
  ownerPage: page,
  device,
  store,
}) => {
  const { hold, release } = holdable(page)
  const laptop = device("Grows quietly")
  await laptop.knock({ scopes: ["operator.read"], from: lan })
  const pane = page.getByRole("article", { name: "Grows quietly" })
  const approve = pane.getByRole("button", { name: "Approve as operator with read" })
  await expect(approve).toBeVisible()
  await hold()
  await laptop.knock({ scopes: ["operator.read", "operator.pairing"], from: lan })
  await approve.click()
  await expect.poll(() => store.db.request.count({ where: { status: "superseded" } })).toBe(1)
  await release()
  const notice = page.getByText("The device has asked for something else").locator("..")
  await expect(notice.locator("dl")).toHaveText(
    /It asked\s*operator with read\s*It asks now\s*operator with read and pairing/,
  )
  expect(await store.db.device.count()).toBe(0)
  expect(await store.db.request.count({ where: { status: "approved" } })).toBe(0)
  await page.getByRole("button", { name: "Go to the new request" }).click()
  await expect(pane.getByRole("button", { name: "Approve as operator with read, pairing" })).toBeVisible()
})

test("a dialog that was opened before the rights changed takes nothing that its reader did not see", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  const { hold, release } = holdable(page)
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read", "operator.approvals"] })
  const record = () => store.db.device.findUniqueOrThrow({ where: { deviceId: laptop.deviceId } })
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await page.getByRole("button", { name: /^Edit scopes/ }).click()
  const edit = page.getByRole("dialog", { name: /Edit the operator scopes/ })
  const approved = (scope: string) => edit.getByRole("checkbox", { name: `Approved: operator.${scope}`, exact: true })
  await approved("approvals").click()
  await laptop.enter({ scopes: ["operator.read", "operator.talk"] })
  await expect(edit.getByText("What this device may do changed since it was shown to you.")).toBeVisible()
  await expect(edit.getByRole("button", { name: "Lower" })).toBeDisabled()
  await edit.getByRole("button", { name: "Show the present state" }).click()
  await expect(approved("talk")).toBeChecked()
  await approved("approvals").click()
  await edit.getByLabel("Note for the record").fill("Not on this one")
  await edit.getByRole("button", { name: "Lower" }).click()
  await expect(edit).toBeHidden()
  expect(await record()).toMatchObject({
    approvedScopes: "operator.read operator.talk",
    withheld: "operator.approvals",
  })
  const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "device.ceiling-lowered" } })
  expect(entry).toMatchObject({ deviceId: laptop.deviceId, note: "Not on this one" })
  await expect(page.getByRole("row", { name: /approvals/ }).first()).toContainText("withheld")

  await page.getByRole("button", { name: "Rotate" }).click()
  const rotate = page.getByRole("dialog", { name: /Rotate the operator token/ })
  await expect(rotate.getByRole("checkbox", { name: "operator.talk" })).toBeChecked()
  await hold()
  await laptop.enter({ scopes: ["operator.read", "operator.write"] })
  await rotate.getByRole("button", { name: "Rotate on pickup" }).click()
  await expect(
    rotate.getByText("What the device may do changed since it was shown, so nothing was done."),
  ).toBeVisible()
  expect(await store.db.auditEntry.count({ where: { action: "token.rotated" } })).toBe(0)
  await release()
  await rotate.getByRole("button", { name: "Show the present state" }).click()
  await expect(rotate.getByRole("checkbox", { name: "operator.write" })).toBeChecked()
  await rotate.getByRole("button", { name: "Rotate on pickup" }).click()
  await expect(rotate).toBeHidden()
  expect(await store.db.auditEntry.count({ where: { action: "token.rotated" } })).toBe(1)
})
