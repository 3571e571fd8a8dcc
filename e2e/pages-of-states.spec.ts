import { arrive, expect, test } from "./fixtures"
import { fleet } from "./fleet"
import { look, lookAt, lookAtDialog } from "./look"

test.describe.configure({ timeout: 300_000 })

const lan = "192.168.1.77"

test("how a request is turned away, undone and overtaken is accessible and fits", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const laptop = await fleet(device)
  await arrive(page, `${gate.url}/requests`)
  await page.getByRole("link", { name: /Pixel of Jonas/ }).click()
  const pane = page.getByRole("article")
  const choose = (item: string) => async () => {
    await pane.getByRole("button", { name: "More" }).click()
    await page.getByRole("menuitem", { name: item }).click()
  }
  await lookAtDialog(page, "requests-turn-away", choose("Reject and say why"))
  await lookAtDialog(page, "requests-block", choose("Block this key"))
  await page.setViewportSize({ width: 1440, height: 900 })
  await pane.getByRole("button", { name: /^Approve/ }).click()
  const ended = page.getByRole("region", { name: "How it ended" })
  await expect(ended.getByRole("button", { name: "Undo" })).toBeVisible()
  await look(page, "requests-approved")
  await ended.getByRole("button", { name: "Undo" }).click()
  await expect(ended.getByRole("status")).toContainText("Undone")
  await look(page, "requests-undone")

  // Rights that change while the page hears nothing of it.
  await arrive(page, `${gate.url}/requests`)
  await page.getByRole("link", { name: /Ops laptop/ }).click()
  await expect(page.getByRole("article", { name: "Ops laptop" })).toBeVisible()
  await pane.getByRole("checkbox", { name: "Grant operator.admin" }).click()
  await page.route("**/api/**", (route) => route.abort())
  await laptop.enter({ scopes: ["operator.read", "operator.talk"] })
  await pane.getByRole("button", { name: /^Approve approvals/ }).click()
  await page.unroute("**/api/**")
  await expect(pane.getByText("This changed since it was shown to you, so nothing was approved.")).toBeVisible()
  await look(page, "requests-changed")
})

test("a change of role, and a queue that nobody answers for, are accessible and fit", async ({
  ownerPage: page,
  gate,
  device,
  person,
  pageOf,
}) => {
  const rack = device("rack-03")
  await rack.enter({ scopes: ["operator.read"] })
  await rack.knock({ role: "node", from: lan })
  await arrive(page, `${gate.url}/requests`)
  await page.getByRole("link", { name: /rack-03/ }).click()
  await expect(page.getByRole("article", { name: "rack-03" })).toBeVisible()
  await look(page, "requests-role")
  const viewer = await pageOf(await person("viewer", "Vera"))
  await viewer.getByRole("link", { name: /rack-03/ }).click()
  await look(viewer, "requests-viewer")
  await page.route("**/api/**", (route) => route.abort())
  await page.goto(`${gate.url}/requests`)
  await expect(page.getByText(/The list could not be renewed/)).toBeVisible({ timeout: 30_000 })
  await look(page, "requests-unreachable")
})

test("lists of devices that hold nothing, or more choices than fit, are accessible and fit", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await fleet(device)
  await lookAt(page, gate, "/devices?q=teapot&platform=windows&is=blocked", "devices-nothing")
  await page.setViewportSize({ width: 360, height: 900 })
  await page.getByRole("button", { name: /^Filters/ }).click()
  await look(page, "devices-filters")
  await page.goto(`${gate.url}/devices?is=silent`)
  await lookAtDialog(page, "devices-view", () => page.getByRole("button", { name: "Save view" }).click())
})

test("a device that is blocked, removed or unknown is accessible and fits", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  const laptop = await fleet(device)
  const confirm = async (name: RegExp) => {
    await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name }).click()
  }
  await lookAt(page, gate, `/devices/${"ab".repeat(32)}`, "device-unknown")
  await page.setViewportSize({ width: 1440, height: 900 })
  await arrive(page, `${gate.url}/devices/${laptop.deviceId}`)
  await page.getByRole("button", { name: "Block", exact: true }).click()
  await confirm(/^Block/)
  await expect(page.getByText("blocked this key")).toBeVisible()
  await look(page, "device-blocked")
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Remove" }).click()
  await confirm(/^Remove/)
  await expect(page.getByRole("region", { name: "1 blocked key is no device" })).toBeVisible()
  await look(page, "devices-blocked-keys")
  await lookAt(page, gate, `/devices/${laptop.deviceId}`, "device-removed")
  await lookAt(page, gate, "/audit", "audit-blocked")
})

test("the steps of the locality tester are accessible and fit", async ({ ownerPage: page, gate }) => {
  await arrive(page, `${gate.url}/policy/locality`)
  await page.getByLabel("Peer address").fill("127.0.0.1")
  await page.getByLabel("Other headers").fill("X-Forwarded-For: 203.0.113.9\nForwarded: for=203.0.113.9")
  await expect(page.getByRole("region", { name: "The verdict" })).toContainText("from a peer that is no declared proxy")
  await look(page, "policy-locality-steps")
})
