import { type FakeUpstream, startFakeUpstream } from "@/lib/upstream/fake-upstream"
import { freePort } from "@/tools/server-process"
import { test as base, expect, owner, signIn } from "./fixtures"

const html = "<!doctype html><title>Behind</title><p>The page of the gateway behind"

type Fixtures = { readonly behind: FakeUpstream; readonly uiPort: number; readonly ui: string }

/** Servers with a gateway behind, whose page is served at `ui`. */
const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  behind: async ({}, use) => {
    const behind = await startFakeUpstream({
      page: (_request, response) => {
        response.setHeader("set-cookie", "theirs=1; Path=/")
        response.setHeader("content-type", "text/html")
        response.end(html)
      },
    })
    await use(behind)
    await behind.stop()
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  uiPort: async ({}, use) => use(await freePort()),
  gateEnv: async ({ behind, uiPort }, use) =>
    use({
      GATEHOUSE_OWNER_EMAIL: owner.email,
      GATEHOUSE_OWNER_PASSWORD: owner.password,
      GATEHOUSE_UPSTREAM: behind.url,
      GATEHOUSE_UPSTREAM_TOKEN: behind.behaviour.secret,
      GATEHOUSE_CONTROL_UI_PORT: String(uiPort),
    }),
  ui: async ({ gate, uiPort, request }, use) => {
    expect(gate.printed.join("\n")).toContain(`The page of the gateway behind it is at http://127.0.0.1:${uiPort}`)
    const ui = `http://127.0.0.1:${uiPort}`
    await expect.poll(async () => (await request.get(ui, { headers: { accept: "text/html" } })).status()).toBe(200)
    await use(ui)
  },
})

test("the page of the gateway behind gets no cookie of the console, and sets none", async ({
  behind,
  ui,
  gate,
  page,
}) => {
  await signIn(page, gate, owner)
  const before = await page.context().cookies()
  expect(before.length).toBeGreaterThan(0)
  await page.goto(`${ui}/settings/devices`)
  await expect(page.getByText("The page of the gateway behind")).toBeVisible()
  await page.evaluate(() => fetch("/assets/x.js", { credentials: "include" }).then((answer) => answer.text()))
  expect(behind.fetched.length).toBeGreaterThan(1)
  for (const { headers } of behind.fetched) expect(headers).not.toHaveProperty("cookie")
  expect(await page.context().cookies()).toEqual(before)
  await page.goto(`${gate.url}/requests`)
  await expect(page).toHaveURL(/\/requests/)
})

test("nothing of the console is at the page's port, and nothing of the page at the console's", async ({
  ui,
  gate,
  request,
}) => {
  const asked = (url: string, accept: string) => request.get(url, { headers: { accept }, maxRedirects: 0 })
  for (const path of ["/", "/sign-in", "/requests", "/set-up"]) {
    expect(await (await asked(ui + path, "text/html")).text(), path).toBe(html)
  }
  for (const path of ["/api/events", "/_next/static/x.js", "/healthz", "/readyz", "/metrics"]) {
    for (const accept of ["*/*", "text/html"]) expect((await asked(ui + path, accept)).status(), path).toBe(404)
  }
  expect((await request.post(`${ui}/requests`, { headers: { "next-action": "x" } })).status()).toBe(404)
  expect(await (await asked(`${gate.url}/`, "text/html")).text()).not.toBe(html)
  expect((await asked(`${gate.url}/control-ui-config.json`, "*/*")).status()).toBe(404)
})

test("the page cannot act in the console, nor read it, with the cookies of who is signed in", async ({
  ui,
  gate,
  browser,
  device,
}) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, gate, owner)
  await device("Kitchen").knock({ scopes: ["operator.read"], from: "203.0.113.5" })
  const pane = page.getByRole("article", { name: "Kitchen" })

  // The action as the console sends it, held back.
  const action = page.waitForRequest((sent) => sent.method() === "POST" && "next-action" in sent.headers())
  await page.route(
    () => true,
    (route) => (route.request().method() === "POST" ? route.abort() : route.continue()),
  )
  await pane.getByRole("button", { name: /^Approve/ }).click()
  const held = await action
  const replay = async (origin: string) => {
    const { "next-action": name = "", "content-type": type = "" } = held.headers()
    const headers = { origin, "next-action": name, "content-type": type }
    return (await context.request.post(held.url(), { headers, data: held.postDataBuffer() ?? "" })).status()
  }
  expect(await replay(ui)).toBe(403)
  expect(await replay(ui.replace("127.0.0.1", "localhost"))).toBe(403)
  const other = await device("Kitchen again").knock({ scopes: ["operator.read"], from: "203.0.113.6" })
  expect(other.ok).toBe(false)

  const theirs = await context.newPage()
  await theirs.goto(ui)
  const tried = await theirs.evaluate(async (gatehouse: string) => {
    const options = { credentials: "include" } as const
    const post = { ...options, method: "POST", body: "[]" }
    const attempts = [
      fetch(`${gatehouse}/requests`, { ...post, headers: { "next-action": "x" } }),
      fetch(`${gatehouse}/requests`, { ...post, mode: "no-cors" }),
      fetch(`${gatehouse}/requests`, options),
      fetch(`${gatehouse}/api/events`, options),
    ]
    return (await Promise.allSettled(attempts)).map(({ status }) => status)
  }, gate.url)
  expect(tried).toEqual(["rejected", "rejected", "rejected", "rejected"])
  await theirs.evaluate((address: string) => {
    const form = Object.assign(document.createElement("form"), { method: "POST", action: address })
    document.body.append(form)
    form.submit()
  }, `${gate.url}/requests`)
  await expect(theirs.getByText("not from a page of this console")).toBeVisible()

  await page.unroute(() => true)
  expect(await replay(gate.url)).toBe(200)
  await context.close()
})
