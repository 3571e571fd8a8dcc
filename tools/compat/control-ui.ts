import { type Browser, chromium, type Locator, type Page } from "@playwright/test"
import { browserOptions, ensureBrowser } from "../browser.mjs"
import { type Checks, mustHold } from "../checks"
import type { RealGateway } from "./real-gateway"
import { listed, phone, type Setting } from "./setting"
import { until } from "./until"
import { type Failure, watchPage } from "./watched-page"

const views: readonly { readonly path: string; readonly shows: (page: Page) => Locator }[] = [
  { path: "/settings/devices", shows: (page) => page.getByText("Paired devices").first() },
  // A gateway without a model asks for one first where a chat is opened, but not from its overview.
  { path: "/chat", shows: (page) => page.getByText("Connect a verified AI model").first() },
  { path: "/overview", shows: (page) => page.getByPlaceholder(/^Message/).first() },
  { path: "/sessions", shows: (page) => page.getByText("Sessions").first() },
  { path: "/cron", shows: (page) => page.getByText("New automation").first() },
  { path: "/nodes", shows: (page) => page.getByText("Paired devices").first() },
]

/**
 * The real Control UI in a real browser, served through the door: let in by a person, and then every view of it without
 * a failed call. The server must run before a real gateway, with GATEHOUSE_CONTROL_UI_PORT.
 */
export async function checkControlUi(
  { check }: Checks,
  setting: Setting,
  behind: Pick<RealGateway, "port" | "secret">,
  origin: string,
): Promise<void> {
  await ensureBrowser()
  const browser = await chromium.launch(browserOptions())
  try {
    await checkIn(browser, { check }, setting, behind, origin)
  } finally {
    await browser.close()
  }
}

async function checkIn(
  browser: Browser,
  { check }: Pick<Checks, "check">,
  setting: Setting,
  behind: Pick<RealGateway, "port" | "secret">,
  origin: string,
): Promise<void> {
  const context = await browser.newContext({ locale: "en-GB" })
  await context.addCookies([{ name: "console", value: "of-the-console", domain: "127.0.0.1", path: "/" }])
  const page = await context.newPage()
  const watched = watchPage(page)
  const neighbour = phone(setting, "Neighbour's phone", "203.0.113.70")

  await check("Control UI: its device waits for a person, on this machine too", async () => {
    await page.goto(`${origin}/settings/devices#token=${setting.token}`)
    const requestId = await until("its request", async () => {
      const { pending } = await listed(setting)
      return pending.find(({ clientId }) => clientId === "openclaw-control-ui")?.requestId
    })
    const others = watched.failures().filter(({ what }) => !/^connect: .*PAIRING_REQUIRED/.test(what))
    mustHold(others, [])
    await setting.desk.approve(requestId)
  })

  await check("Control UI: its devices view shows our rows", async () => {
    await neighbour.request(["operator.read"], "not-paired")
    await page.getByText("Neighbour's phone").first().waitFor({ timeout: 60_000 })
    await page.getByText("openclaw-control-ui").first().waitFor()
    watched.failures()
  })

  for (const { path, shows } of views) {
    await check(`Control UI: ${path} without a failed call`, async () => {
      await page.goto(origin + path)
      await shows(page).waitFor({ timeout: 60_000 })
      await settled(page)
      mustHold(await onlyHere(watched.failures(), behind), [])
    })
  }

  await check("Control UI: is given no cookie, and never the secret of the gateway behind", async () => {
    const { http, methods } = watched.counts()
    console.log(`      ${http} requests over HTTP, ${methods} different methods`)
    mustHold(methods > 20, true, "more than 20 methods")
    mustHold(
      (await context.cookies()).map(({ name }) => name),
      ["console"],
    )
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    mustHold(kept.includes(behind.secret), false, "the secret in the page's storage")
  })
}

/** What failed here and would not have without the door: icons that the gateway behind does not have either are left out. */
async function onlyHere(failures: readonly Failure[], { port, secret }: Pick<RealGateway, "port" | "secret">) {
  const here: string[] = []
  for (const { what, answered } of failures) {
    const headers = { authorization: `Bearer ${secret}` }
    const direct = answered && (await fetch(`http://127.0.0.1:${port}${answered.path}`, { headers }))
    if (direct === undefined || direct.status !== answered?.status) here.push(what)
  }
  return here
}

/** Waits until a page has had nothing to ask for a while. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle")
  await page.waitForTimeout(3_000)
}
