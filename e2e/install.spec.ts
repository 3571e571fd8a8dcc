import { expectAccessible } from "./axe"
import { arrive, expect, test } from "./fixtures"

test("the console can be installed: its manifest is linked, and every icon is what it says", async ({
  ownerPage: page,
  gate,
}) => {
  const link = page.locator("link[rel=manifest]")
  const address = new URL((await link.getAttribute("href")) ?? "", gate.url).href
  const answer = await page.request.get(address)
  expect(answer.headers()["content-type"]).toContain("application/manifest+json")
  const manifest = await answer.json()
  expect(manifest).toMatchObject({ name: "Gatehouse", start_url: "/requests", scope: "/", display: "standalone" })
  const sizes = ["192x192", "512x512"].map((size) => expect.objectContaining({ sizes: size }))
  expect(manifest.icons).toEqual(expect.arrayContaining([...sizes, expect.objectContaining({ purpose: "maskable" })]))
  const icons: { src: string; sizes: string }[] = [
    ...manifest.icons,
    { src: (await page.locator("link[rel=apple-touch-icon]").getAttribute("href")) ?? "", sizes: "180x180" },
  ]
  for (const { src, sizes: expected } of icons) {
    const size = await page.evaluate(async (url) => {
      const picture = new Image()
      picture.src = url
      await picture.decode()
      return `${picture.naturalWidth}x${picture.naturalHeight}`
    }, src)
    expect(size, src).toBe(expected)
  }
  await expect(page.locator('meta[name="theme-color"]')).toHaveCount(2)
})

test("without the server a page says so instead of showing anything old, and comes back", async ({
  ownerPage: page,
  gate,
  device,
}) => {
  await device("Pixel of Jonas").knock({ scopes: ["operator.read"], from: "192.168.1.77" })
  await arrive(page, `${gate.url}/requests`)
  await expect(page.getByRole("link", { name: /Pixel of Jonas/ })).toBeVisible()
  const worker = await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL)
  expect(worker).toBe(`${gate.url}/sw.js`)

  await page.context().setOffline(true)
  await page.reload()
  await expect(page.getByRole("heading", { name: "Gatehouse cannot be reached" })).toBeVisible()
  await expect(page).toHaveURL(`${gate.url}/requests`)
  await expect(page.getByText("Pixel of Jonas")).toHaveCount(0)
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 1440]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 740 })
      await page.screenshot({ path: `test-results/pages/offline-${width}-${colorScheme}.png` })
      await expectAccessible(page, `offline, ${colorScheme}, ${width}`)
    }
  }
  await page.getByRole("link", { name: "Try again" }).click()
  await expect(page.getByRole("heading", { name: "Gatehouse cannot be reached" })).toBeVisible()

  // Nothing of the console is kept: one page, which says nothing of it.
  const kept = await page.evaluate(async () => {
    const names = await caches.keys()
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return lists.flat().map(({ url }) => new URL(url).pathname)
  })
  expect(kept).toEqual(["/offline.html"])

  await page.context().setOffline(false)
  await expect(page.getByRole("link", { name: /Pixel of Jonas/ })).toBeVisible()
})

test("the page without the server has the theme that was chosen", async ({ ownerPage: page, gate }) => {
  await arrive(page, `${gate.url}/account`)
  await page.getByRole("radio", { name: "Dark" }).click()
  await page.evaluate(() => navigator.serviceWorker.ready)
  expect(await gate.stop()).toBe(0)
  await page.goto(`${gate.url}/devices`)
  await expect(page.getByRole("heading", { name: "Gatehouse cannot be reached" })).toBeVisible()
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark")
  // A download is no page: it fails, rather than that the page is kept under its name.
  await expect(page.goto(`${gate.url}/api/audit/export`)).rejects.toThrow(/ERR_CONNECTION_REFUSED/)
})
