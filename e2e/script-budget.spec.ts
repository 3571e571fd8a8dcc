import { readdirSync } from "node:fs"
import type { Page } from "@playwright/test"
import { frameworkScript } from "@/tools/bench/framework-script"
import { arrive, expect, test } from "./fixtures"

/** What a page may transfer of script, with React and Next, by brotli. */
const budget = 200_000

const pagesUnder = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|[/\\])page\.tsx$/.test(name))
    .map((name) => `/${name.replaceAll("\\", "/").replace(/\/?page\.tsx$/, "")}`)
    .sort()

/** The script that a page has received, headers included, and what it is when it is unpacked. */
function scriptOf(page: Page) {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .reduce(
        (sum, entry) => ({
          files: sum.files + 1,
          bytes: sum.bytes + entry.transferSize,
          unpacked: sum.unpacked + entry.decodedBodySize,
        }),
        { files: 0, bytes: 0, unpacked: 0 },
      ),
  )
}

test("no page transfers more than 200 KB of script, framework included", async ({
  ownerPage,
  gate,
  device,
  browser,
}) => {
  // Every page in turn.
  test.slow()
  const phone = device("Jonas' phone")
  await phone.enter({ scopes: ["operator.read"] })
  await device("Pixel of Jonas").knock({ scopes: ["operator.read", "operator.admin"], from: "192.168.1.77" })
  const more: Readonly<Record<string, string>> = {
    "/devices/compare": `?a=${phone.deviceId}`,
    "/devices/duplicates": `?of=${phone.deviceId}`,
  }
  const consolePages = pagesUnder("app/(console)").map(
    (path) => path.replace("[deviceId]", phone.deviceId) + (more[path] ?? ""),
  )
  const doors = pagesUnder("app").filter((path) => path !== "/" && !path.startsWith("/(console)"))
  expect(consolePages).toContain(`/devices/${phone.deviceId}`)
  expect(doors).toContain("/sign-in")

  const framework = frameworkScript()
  const lines = [`${"React and Next alone".padEnd(30)} ${(framework.bytes / 1000).toFixed(1).padStart(6)} KB`]
  const over: string[] = []
  const { cookies } = await ownerPage.context().storageState()
  for (const [paths, isSignedIn] of [[doors, false] as const, [consolePages, true] as const]) {
    for (const path of paths) {
      // Each with an empty cache. The service worker would answer on its own account.
      const context = await browser.newContext({ serviceWorkers: "block" })
      if (isSignedIn) await context.addCookies(cookies)
      const page = await context.newPage()
      if (isSignedIn) await arrive(page, gate.url + path)
      else await page.goto(gate.url + path)
      await page.waitForLoadState("load")
      const isElsewhere = new URL(page.url()).pathname !== path.split("?")[0]
      const { files, bytes, unpacked } = await scriptOf(page)
      await context.close()
      // It only leads on, to a page that has its own line.
      if (isElsewhere) continue
      const name = path.replace(phone.deviceId, "…")
      expect(unpacked, `${name} is compressed`).toBeGreaterThan(2 * bytes)
      expect(bytes, `${name} has the framework`).toBeGreaterThan(framework.bytes)
      const left = `${((budget - bytes) / 1000).toFixed(1)} left`
      lines.push(`${name.padEnd(30)} ${(bytes / 1000).toFixed(1).padStart(6)} KB in ${files} files, ${left}`)
      if (bytes > budget) over.push(`${name}: ${bytes}`)
    }
  }
  console.log(lines.join("\n"))
  expect(over, "pages over the budget").toEqual([])
})
