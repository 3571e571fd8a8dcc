import type { BrowserContext, Page } from "@playwright/test"
import { arrive, expect, owner, signIn, test } from "./fixtures"

const scopes = ["operator.read"]

declare global {
  interface Window {
    /** The notifications that pages of this test have shown. */
    shownNotifications: { title: string; body: string; closed: boolean; click: () => void }[]
  }
}

/** Puts a notification in the place of the browser's that a test can read and click. */
async function watchNotifications(context: BrowserContext, answer: NotificationPermission): Promise<void> {
  await context.addInitScript((given) => {
    window.shownNotifications = []
    class Shown {
      static get permission() {
        return window.localStorage.getItem("test-permission") ?? "default"
      }
      static async requestPermission() {
        window.localStorage.setItem("test-permission", given)
        return given
      }
      onclick: (() => void) | null = null
      readonly record: (typeof window.shownNotifications)[number]
      constructor(title: string, { body }: { body: string }) {
        this.record = { title, body, closed: false, click: () => this.onclick?.() }
        window.shownNotifications.push(this.record)
      }
      close() {
        this.record.closed = true
      }
    }
    Object.defineProperty(window, "Notification", { value: Shown })
  }, answer)
}

const told = (page: Page) =>
  page.evaluate(() => window.shownNotifications.map(({ title, body, closed }) => ({ title, body, closed })))
const toggle = (page: Page) => page.getByRole("switch", { name: "Tell of new requests, in this browser" })

async function switchOn(page: Page, url: string): Promise<void> {
  await arrive(page, `${url}/account`)
  await expect(toggle(page)).not.toBeChecked()
  await toggle(page).click()
  await expect(toggle(page)).toBeChecked()
}

test("title and icon say on every page how many wait", async ({ ownerPage: page, gate, device, store }) => {
  const icon = () => page.locator("link[rel=icon]").getAttribute("href")
  await arrive(page, `${gate.url}/policy`)
  await expect(page).toHaveTitle("Policy · Gatehouse")
  const plain = await icon()
  await device("First").knock({ scopes, from: "192.168.1.70" })
  await expect(page).toHaveTitle("(1) Policy · Gatehouse")
  await device("Second").knock({ scopes, from: "192.168.1.71" })
  await expect(page).toHaveTitle("(2) Policy · Gatehouse")
  expect(decodeURIComponent((await icon()) ?? "")).toContain(">2</text>")
  await page.getByRole("link", { name: "Devices" }).click()
  await expect(page).toHaveTitle("(2) Devices · Gatehouse")
  await page.getByRole("link", { name: "Requests" }).first().click()
  for (const left of [1, 0]) {
    await page.getByRole("button", { name: "Approve as operator with read" }).click()
    await expect(page.getByRole("region", { name: "How it ended" })).toBeVisible()
    await expect(page).toHaveTitle(left === 0 ? "Requests · Gatehouse" : `(${left}) Requests · Gatehouse`)
    if (left > 0) await page.getByRole("link", { name: "Next request" }).click()
  }
  expect(new URL((await icon()) ?? "", page.url()).href).toBe(new URL(plain ?? "", page.url()).href)
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(0)
})

test("a title says no number that is not known", async ({ ownerPage: page, gate, device }) => {
  await device("First").knock({ scopes, from: "192.168.1.70" })
  await arrive(page, `${gate.url}/policy`)
  await expect(page).toHaveTitle("(1) Policy · Gatehouse")
  await page.route("**/api/shell", (route) => route.fulfill({ status: 500 }))
  await device("Second").knock({ scopes, from: "192.168.1.71" })
  await expect(page).toHaveTitle("Policy · Gatehouse")
})

test("notifications are off until they are switched on; then one for each device, until it is decided", async ({
  ownerPage: page,
  gate,
  device,
  store,
}) => {
  await watchNotifications(page.context(), "granted")
  await arrive(page, `${gate.url}/devices`)
  await device("Early").knock({ scopes, from: "192.168.1.70" })
  await expect(page).toHaveTitle(/^\(1\)/)
  expect(await told(page)).toEqual([])

  await switchOn(page, gate.url)
  const phone = device("Pixel\u202E of Jonas")
  await phone.knock({ scopes, from: "192.168.1.77" })
  const shown = {
    title: "A new device asks to come in",
    body: `Pixel of Jonas (${phone.fingerprint}), from 192.168.1.77`,
  }
  await expect.poll(() => told(page)).toEqual([{ ...shown, closed: false }])
  await phone.knock({ scopes, from: "192.168.1.77" })
  const laptop = device("Laptop")
  await laptop.knock({ scopes, from: "192.168.1.78" })
  await expect.poll(async () => (await told(page)).map(({ body }) => body.split(" ")[0])).toEqual(["Pixel", "Laptop"])

  await page.evaluate(() => window.shownNotifications[0]?.click())
  await expect(page).toHaveURL(/\/requests\?id=/)
  await expect(page.getByRole("article", { name: "Pixel of Jonas" })).toBeVisible()
  await page.getByRole("button", { name: "Reject" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("rejected")
  await page.getByRole("link", { name: /Laptop/ }).click()
  await page.getByRole("button", { name: "Approve as operator with read" }).click()
  await expect.poll(async () => (await told(page)).map(({ closed }) => closed)).toEqual([true, true])
  expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)

  await arrive(page, `${gate.url}/account`)
  await expect(toggle(page)).toBeChecked()
  await toggle(page).click()
  await expect(toggle(page)).not.toBeChecked()
  await device("Late").knock({ scopes, from: "192.168.1.79" })
  await expect(page).toHaveTitle(/^\(2\)/)
  expect(await told(page)).toEqual([])
})

test("of several tabs one tells, and another goes on when it is closed", async ({
  browser,
  contextOptions,
  gate,
  device,
}) => {
  const context = await browser.newContext(contextOptions)
  await watchNotifications(context, "granted")
  const first = await context.newPage()
  await signIn(first, gate, owner)
  await switchOn(first, gate.url)
  const tabs = [first, await context.newPage(), await context.newPage()]
  for (const tab of tabs) await arrive(tab, `${gate.url}/devices`)
  const all = async () => {
    const open = tabs.filter((tab) => !tab.isClosed())
    return (await Promise.all(open.map(told))).map((list) => list.map(({ body }) => body.split(" ")[0]))
  }
  await device("One").knock({ scopes, from: "192.168.1.70" })
  await expect.poll(async () => (await all()).flat()).toEqual(["One"])
  const tellerAt = (await all()).findIndex((list) => list.length > 0)
  await tabs[tellerAt]?.close()
  // What the closed tab had told, and no longer shows, is told by the next one; what comes then is as well.
  await expect.poll(async () => (await all()).flat()).toEqual(["One"])
  await device("Two").knock({ scopes, from: "192.168.1.71" })
  await expect.poll(async () => (await all()).flat()).toEqual(["One", "Two"])
  await context.close()
})

test("a browser that refuses is named, and the switch stays off", async ({ ownerPage: page, gate, device }) => {
  await watchNotifications(page.context(), "denied")
  await arrive(page, `${gate.url}/account`)
  await toggle(page).click()
  await expect(page.getByText("This browser refuses notifications of this address.")).toBeVisible()
  await expect(toggle(page)).not.toBeChecked()
  await expect(toggle(page)).toBeDisabled()
  await device("First").knock({ scopes, from: "192.168.1.70" })
  await expect(page).toHaveTitle(/^\(1\)/)
  expect(await told(page)).toEqual([])
})
