import { mkdtempSync, rmSync } from "node:fs"
import { loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { seedAudit } from "./bench/audit-log"
import { benchServerKey, fleetDevices, fleetRows } from "./bench/fleet"
import {
  knock,
  measureArrival,
  measureDecision,
  measureList,
  measureScript,
  measureSearch,
  scriptFloor,
} from "./bench/page-measures"
import { openProbe } from "./bench/page-probe"
import { type PageFigure, type PageSizes, parseSizes, tableOf, verdictOf } from "./bench/page-report"
import { seedSqlite } from "./bench/seeding"
import { ensureBrowser } from "./browser.mjs"
import { startServer } from "./server-process"

const usage = `npm run bench:pages -- [--devices 100000] [--audit 1000000] [--pending 500] [--runs 3]

What the pages cost in a browser, with an empty cache, against a server with that much in its SQLite file: beside the
goals, and beside the figures of the gateway's own page. Linux, for devices that look as if they came from elsewhere.`

const person = { email: "bench@example.org", password: "bench-password-of-nobody" }
const token = "bench-shared-token"

async function inSeconds(what: string, work: () => Promise<unknown> | unknown): Promise<void> {
  const startedMs = Date.now()
  await work()
  console.error(`${what}: ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
}

const addressOf = (index: number) => `10.${20 + (index >> 8)}.${index & 255}.7`

async function prepare(dataDir: string, sizes: PageSizes) {
  const env = {
    ...{ GATEHOUSE_SERVER_KEY: benchServerKey, GATEHOUSE_GATEWAY_TOKEN: token, GATEHOUSE_TRUSTED_PROXIES: "127.0.0.2" },
    ...{ GATEHOUSE_OWNER_EMAIL: person.email, GATEHOUSE_OWNER_PASSWORD: person.password },
  }
  const migrating = await startServer({ dataDir, env })
  await migrating.stop()
  await inSeconds(`${sizes.devices} devices`, () => seedSqlite(dataDir, fleetRows(sizes.devices)))
  await inSeconds(`${sizes.audit} audit entries`, () => seedAudit(dataDir, sizes.audit))
  return startServer({ dataDir, env })
}

/** Files the requests of so many devices. */
function fileRequests(port: number, count: number): Promise<void> {
  return inSeconds(`${count} requests`, async () => {
    for (let index = 0; index < count; index += 1) {
      await knock(port, token, { name: `Waiting device ${index}`, address: addressOf(index) })
    }
  })
}

async function measure(sizes: PageSizes, runs: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "gatehouse-bench-pages-"))
  const figures: PageFigure[] = []
  let server: Awaited<ReturnType<typeof prepare>> | null = null
  try {
    server = await prepare(home, sizes)
    const { url, port } = server
    const probe = await openProbe(url, person)
    const { deviceId } = fleetDevices(sizes.devices)(1).identity
    const lists = [
      { name: "requests", path: "/requests", shown: "[data-waiting]" },
      { name: "devices", path: "/devices", shown: "main a[href^='/devices/']" },
      { name: "audit log", path: "/audit", shown: "main li, main tbody tr" },
      { name: "overview", path: "/overview", shown: "main h2" },
    ]
    const pages = [
      ...lists,
      { name: "device", path: `/devices/${deviceId}`, shown: "h1" },
      ...["policy", "settings", "account"].map((name) => ({ name, path: `/${name}`, shown: "h1" })),
    ]
    // What waits goes away after some minutes, so whatever needs it comes first.
    await fileRequests(port, sizes.pending)
    const arrival = await measureArrival(probe, url, (name) => knock(port, token, { name, address: "10.99.0.1" }), runs)
    const decision = await measureDecision(probe, url, runs)
    for (const place of lists) figures.push(await measureList(probe, url, place, runs))
    figures.push(...arrival.figures, ...decision.figures)
    const words = ["bench", "4711", "device 9", "operator", "nobody"]
    const searches = (path: string) => words.map((word) => `${path}${encodeURIComponent(word)}`)
    figures.push(await measureSearch(probe, url, "search among devices", searches("/api/devices?q=")))
    figures.push(await measureSearch(probe, url, "search in the palette", searches("/api/search?q=")))
    figures.push(scriptFloor())
    for (const place of pages) figures.push(await measureScript(probe, url, place))
    await probe.close()
    for (const line of tableOf(figures)) console.log(line)
    console.log(`Asked for after ${runs} arrivals: ${arrival.asked}`)
    console.log(`Asked for after ${runs} decisions: ${decision.asked}`)
    console.log(
      `Load average: ${loadavg()
        .map((load) => load.toFixed(1))
        .join(", ")}`,
    )
  } finally {
    await server?.stop()
    rmSync(home, { recursive: true, force: true })
  }
  if (figures.some((figure) => verdictOf(figure) === "not measured")) process.exitCode = 1
}

const { values } = parseArgs({
  options: {
    devices: { type: "string", default: "100000" },
    audit: { type: "string", default: "1000000" },
    pending: { type: "string", default: "500" },
    runs: { type: "string", default: "3" },
    help: { type: "boolean", default: false },
  },
})
if (values.help) console.log(usage)
else {
  await ensureBrowser()
  await measure(parseSizes(values), Number(values.runs))
}
