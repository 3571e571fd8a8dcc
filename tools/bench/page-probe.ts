import { setTimeout as pause } from "node:timers/promises"
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test"
import { browserOptions } from "../browser.mjs"

export type Person = { readonly email: string; readonly password: string }
const restMs = 1_500

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>

/** What one page has received since it was watched, as it came over the wire. */
export type Received = { scriptBytes: number; scripts: number; bytes: number; requests: Answer[] }

/** One answer, and how much of it has arrived. */
export type Answer = { readonly path: string; bytes: number }

/** A browser in which somebody is signed in, and which begins every page with an empty cache. */
export type Probe = {
  /** A fresh page, and what it receives. Closed by `leave`. */
  readonly visit: () => Promise<{ page: Page; received: Received; leave: () => Promise<void> }>
  readonly close: () => Promise<void>
}

/** Opens a browser and signs in. */
export async function openProbe(url: string, { email, password }: Person): Promise<Probe> {
  const browser = await chromium.launch(browserOptions())
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.getByLabel("E-mail address").fill(email)
  await page.getByLabel("Password", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.waitForURL(/\/requests/)
  const cookies = await context.cookies()
  await context.close()
  return { visit: () => visit(browser, cookies), close: () => browser.close() }
}

async function visit(browser: Browser, cookies: Cookies) {
  // The service worker would answer on its own account.
  const context = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 900 } })
  await context.addCookies(cookies)
  const page = await context.newPage()
  return { page, received: await watch(page), leave: () => context.close() }
}

async function watch(page: Page): Promise<Received> {
  const received: Received = { scriptBytes: 0, scripts: 0, bytes: 0, requests: [] }
  const scripts = new Set<string>()
  const streams = new Set<string>()
  const answers = new Map<string, Answer>()
  const count = (requestId: string, bytes: number) => {
    received.bytes += bytes
    const answer = answers.get(requestId)
    if (answer) answer.bytes += bytes
  }
  // What the page stops reading never finishes either; what it had by then is known unpacked only.
  const unpacked = new Map<string, number>()
  const session = await page.context().newCDPSession(page)
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.mimeType.includes("javascript")) scripts.add(requestId)
    if (response.mimeType === "text/event-stream") streams.add(requestId)
    const answer = { path: new URL(response.url).pathname, bytes: 0 }
    answers.set(requestId, answer)
    received.requests.push(answer)
  })
  // A stream never finishes, so what comes through it is counted as it comes.
  session.on("Network.dataReceived", ({ requestId, dataLength }) => {
    if (streams.has(requestId)) count(requestId, dataLength)
    else unpacked.set(requestId, (unpacked.get(requestId) ?? 0) + dataLength)
  })
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (!streams.has(requestId)) count(requestId, encodedDataLength)
    if (!scripts.has(requestId)) return
    received.scriptBytes += encodedDataLength
    received.scripts += 1
  })
  session.on("Network.loadingFailed", ({ requestId }) => {
    if (!streams.has(requestId)) count(requestId, unpacked.get(requestId) ?? 0)
  })
  await session.send("Network.enable")
  return received
}

/** Goes to a page; returns after how many milliseconds since the navigation began something stood on the screen. */
export async function msUntilShown(page: Page, url: string, selector: string): Promise<number> {
  await page.addInitScript((awaited) => {
    const look = () => {
      const isThere = [...document.querySelectorAll(awaited)].some((found) => found.getClientRects().length > 0)
      if (isThere) performance.mark("shown")
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, selector)
  await page.goto(url)
  await page.waitForFunction(() => performance.getEntriesByName("shown").length > 0, null, { timeout: 60_000 })
  return page.evaluate(() => performance.getEntriesByName("shown")[0]?.startTime ?? Number.NaN)
}

/** Waits until changes reach the page by themselves, and nothing more is asked for. */
export async function settle(page: Page, received: Received): Promise<void> {
  await page.waitForLoadState("load")
  await page.getByRole("status").filter({ hasText: /^Live/, visible: true }).first().waitFor()
  await quiet(received)
}

/** Waits until nothing more was asked for during a while. */
export async function quiet({ requests }: Received): Promise<void> {
  for (let before = -1; before !== requests.length; ) {
    before = requests.length
    await pause(restMs)
  }
}

/** How long the browser waits for an answer of the server, until it is read. */
export async function msToAnswer(page: Page, path: string): Promise<number> {
  return page.evaluate(async (asked) => {
    const startedMs = performance.now()
    const response = await fetch(asked, { headers: { accept: "application/json" } })
    if (!response.ok) throw new Error(`${asked} was answered ${response.status}`)
    await response.json()
    return performance.now() - startedMs
  }, path)
}
