import type { Page, Request } from "@playwright/test"
import { browserOptions } from "@/tools/browser.mjs"
import { expect, owner, signIn, test } from "./fixtures"

const { args = [], ...options } = browserOptions()

// As from another machine: a name for which browsers offer less, as it is neither https nor this machine.
test.use({ launchOptions: { ...options, args: [...args, "--host-resolver-rules=MAP gate.lan 127.0.0.1"] } })

test("eight tabs over plain http share one stream, and the rest goes on when its tab is closed", async ({
  browser,
  contextOptions,
  gate,
  device,
}) => {
  // Not the page that is watched for errors: over plain http a browser reports a header that it ignores as one.
  const context = await browser.newContext(contextOptions)
  const streams = new Map<Request, Page>()
  context.on("request", (request) => {
    if (request.url().endsWith("/api/events")) streams.set(request, request.frame().page())
  })
  context.on("requestfailed", (request) => streams.delete(request))
  context.on("requestfinished", (request) => streams.delete(request))
  const readers = () => [...streams.values()].filter((tab) => !tab.isClosed())

  const url = `http://gate.lan:${gate.port}`
  const isLive = (tab: Page) => expect(tab.getByText(/^Live, \d/).filter({ visible: true })).toBeVisible()
  const tabs: Page[] = []
  while (tabs.length < 8) {
    const tab = await context.newPage()
    if (tabs.length === 0) await signIn(tab, { url }, owner)
    else await tab.goto(`${url}/requests`)
    await isLive(tab)
    tabs.push(tab)
  }
  expect(await tabs[0]?.evaluate(() => window.isSecureContext)).toBe(false)
  expect(readers()).toHaveLength(1)
  await device("Seen by all").knock({ scopes: ["operator.read"], from: "192.168.1.77" })
  for (const tab of tabs) await expect(tab.getByRole("link", { name: /Seen by all/ })).toBeVisible()

  for (const tab of readers()) await tab.close()
  const left = tabs.filter((tab) => !tab.isClosed())
  expect(left).toHaveLength(7)
  await expect.poll(() => readers().length).toBe(1)
  await device("Seen by the rest").knock({ scopes: ["operator.read"], from: "192.168.1.78" })
  for (const tab of left) {
    await expect(tab.getByRole("link", { name: /Seen by the rest/ })).toBeVisible()
    await isLive(tab)
  }
  expect(readers()).toHaveLength(1)
  await context.close()
})

test("a page that is left makes way at once: the next one is live without waiting", async ({
  ownerPage: page,
  gate,
}) => {
  for (const path of ["/devices", "/audit", "/policy", "/account", "/devices"]) {
    await page.goto(gate.url + path)
    // A lead that nobody holds any more is waited for as long as six seconds.
    await expect(page.getByText(/^Live, \d/).filter({ visible: true })).toBeVisible({ timeout: 3_500 })
  }
})
