import type { Page, Request } from "@playwright/test"
import { expect, test } from "./fixtures"

const lan = "192.168.1.77"

test("a viewer sees everything and decides nothing", async ({ gate, person, pageOf, device }) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  await laptop.knock({ scopes: ["operator.pairing"], from: lan })
  const page = await pageOf(await person("viewer"))
  const pane = page.getByRole("article", { name: "Ops laptop" })
  await expect(pane.getByRole("row", { name: /operator\.pairing/ })).toContainText("new")
  await expect(pane.getByRole("button", { name: /Approve|Reject|More/ })).toHaveCount(0)
  await expect(pane.getByText("You may look at requests, not decide them")).toBeVisible()
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await expect(page.getByRole("heading", { name: "Ops laptop" })).toBeVisible()
  await expect(page.getByRole("button", { name: /Rotate|Revoke|Block|Rename|Lower|take back/ })).toHaveCount(0)
  await page.goto(`${gate.url}/policy`)
  await expect(page.getByText("Owners can change it.")).toBeVisible()
  await expect(page.getByRole("button", { name: /Use|Review/ })).toHaveCount(0)
  await expect(page.getByRole("switch")).toHaveCount(0)
  await page.goto(`${gate.url}/audit`)
  await expect(page.getByRole("link", { name: "Export as CSV" })).toBeVisible()
  await expect(page.getByRole("navigation", { name: "Console" }).getByRole("link", { name: "Settings" })).toHaveCount(0)
  for (const path of [
    "/settings",
    "/settings/admins",
    "/settings/token",
    "/settings/templates",
    "/settings/limits",
    "/settings/gateway",
  ]) {
    await page.goto(gate.url + path)
    await expect(page.getByRole("heading", { name: /not|no such/i }), path).toBeVisible()
  }
})

test("an approver decides, and manages nothing", async ({ gate, person, pageOf, device, store }) => {
  const phone = device("Pixel of Jonas")
  await phone.knock({ scopes: ["operator.read"], from: lan })
  const page = await pageOf(await person("approver", "Mara"))
  await page.getByRole("button", { name: "Approve as operator with read" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("approved as asked by Mara")
  const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "request.approved" } })
  expect(entry.actorName).toBe("Mara")
  await page.goto(`${gate.url}/devices/${phone.deviceId}`)
  await expect(page.getByRole("button", { name: "Rotate" })).toBeVisible()
  await page.goto(`${gate.url}/policy`)
  await expect(page.getByText("Owners can change it.")).toBeVisible()
  await page.goto(`${gate.url}/settings/admins`)
  await expect(page.getByRole("heading", { name: /not|no such/i })).toBeVisible()
})

test("a role that is taken away is gone at once, on pages that are open", async ({
  ownerPage,
  gate,
  person,
  pageOf,
  device,
  store,
}) => {
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  const mara = await person("approver", "Mara")
  const page = await pageOf(mara)
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  const rotate = page.getByRole("button", { name: "Rotate" })
  await expect(rotate).toBeVisible()
  await expect(page.getByText(/^Live, \d/).filter({ visible: true })).toBeVisible()

  await ownerPage.goto(`${gate.url}/settings/admins`)
  const row = ownerPage.getByRole("list", { name: "People" }).getByRole("listitem").filter({ hasText: "Mara" })
  await row.getByRole("button").click()
  await ownerPage.getByRole("menuitem", { name: "Change role" }).click()
  await ownerPage.getByRole("radio", { name: "Viewer" }).click()
  const left = page.waitForRequest((request) => request.isNavigationRequest()).then(() => Date.now())
  await ownerPage.getByRole("button", { name: "Make viewer" }).click()
  await expect(rotate).toHaveCount(0)
  const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "admin.role-changed" } })
  expect((await left) - entry.atMs).toBeLessThan(2_000)
  expect(await store.db.admin.findUniqueOrThrow({ where: { email: mara.email } })).toMatchObject({ role: "viewer" })
  await page.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await expect(page.getByRole("heading", { name: "Ops laptop" })).toBeVisible()
  await expect(page.getByRole("button", { name: /Rotate|Revoke|Block/ })).toHaveCount(0)
})

/** What a page would have sent for one click: it is caught on its way and never arrives. */
async function caught(page: Page, click: () => Promise<void>): Promise<Request> {
  const sent = page.waitForRequest((request) => request.method() === "POST" && "next-action" in request.headers())
  await page.route("**/*", (route) => ("next-action" in route.request().headers() ? route.abort() : route.continue()))
  await click()
  const request = await sent
  await page.unroute("**/*")
  return request
}

/** Sends a caught action once more, with the session of another person; without an Origin, as no browser does. */
async function replay(as: Page, request: Request, from: "here" | "nowhere" = "here"): Promise<void> {
  const { "next-action": action = "", "content-type": type = "", accept = "" } = request.headers()
  await as.request.post(request.url(), {
    headers: {
      ...{ "next-action": action, "content-type": type, accept },
      ...(from === "here" && { origin: new URL(request.url()).origin }),
    },
    data: request.postDataBuffer() ?? "",
  })
}

test("an action that a viewer sends anyway does nothing, and the same from an owner does", async ({
  ownerPage,
  gate,
  person,
  pageOf,
  device,
  store,
}) => {
  const phone = device("Pixel of Jonas")
  await phone.knock({ scopes: ["operator.read"], from: lan })
  const laptop = device("Ops laptop")
  await laptop.enter({ scopes: ["operator.read"] })
  const viewer = await pageOf(await person("viewer"))

  const approve = ownerPage.getByRole("button", { name: "Approve as operator with read" })
  await expect(approve).toBeVisible()
  const approval = await caught(ownerPage, () => approve.click())
  await ownerPage.goto(`${gate.url}/devices/${laptop.deviceId}`)
  await ownerPage.getByRole("button", { name: "Rotate" }).click()
  const rotation = await caught(ownerPage, () => ownerPage.getByRole("button", { name: "Rotate on pickup" }).click())
  await ownerPage.goto(`${gate.url}/policy`)
  await ownerPage.getByRole("button", { name: "Use hardened" }).click()
  await ownerPage.getByRole("button", { name: "Review and save" }).click()
  await ownerPage.getByLabel("Why").fill("A replayed note")
  const hardening = await caught(ownerPage, () => ownerPage.getByRole("button", { name: "Put into force" }).click())

  for (const [action, request] of [
    ["request.approved", approval],
    ["token.rotated", rotation],
    ["policy.changed", hardening],
  ] as const) {
    await replay(viewer, request)
    expect(await store.db.auditEntry.count({ where: { action } }), `${action} by a viewer`).toBe(0)
    await replay(ownerPage, request, "nowhere")
    expect(await store.db.auditEntry.count({ where: { action } }), `${action} without an Origin`).toBe(0)
    await replay(ownerPage, request)
    expect(await store.db.auditEntry.count({ where: { action } }), `${action} by an owner`).toBe(1)
  }
})
