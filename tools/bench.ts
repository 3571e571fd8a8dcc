import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { startBareServer } from "./bench/bare-server"
import { measureDoor, reportDoor } from "./bench/door"
import { benchServerKey, fleetDevices, seedFleet } from "./bench/fleet"
import { type Candidate, median, type Round, runRound, usageOf } from "./bench/measure"
import { freePort, startServer } from "./server-process"

const usage = `npm run bench -- [--sizes 100,10000,100000] [--rounds 8] [--connects 400] [--at-once 8] [--json]
npm run bench -- door [--relays 2000] [--calls 1500]

Reconnects per second and server CPU per reconnect, as multiples of a bare handshake server in the same run; or what
the front door costs before a real gateway, against the same calls without it.`

const probe = "./tools/bench/cpu-probe.mjs"
const targets = { overBare: 2.5, largestOverSmallest: 1.2 }

async function startBare(): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort()
  const child = spawn(process.execPath, ["--import", probe, fileURLToPath(import.meta.url), "bare", String(port)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  while (!(await fetch(`http://127.0.0.1:${port}`).catch(() => null))) await pause(50)
  return { port, child }
}

async function startFleet(dataDir: string, size: number) {
  const env = { GATEHOUSE_SERVER_KEY: benchServerKey, GATEHOUSE_GATEWAY_TOKEN: "bench-shared-token" }
  const migrating = await startServer({ dataDir, env })
  await migrating.stop()
  const startedMs = Date.now()
  seedFleet(dataDir, size)
  console.error(`seeded ${size} devices in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
  return startServer({ dataDir, env, preload: probe })
}

type Figures = { name: string; perSecond: number; cpuMs: number; residentMb: number }

async function measure(sizes: readonly number[], rounds: number, connects: number, atOnce: number): Promise<Figures[]> {
  const home = mkdtempSync(join(tmpdir(), "gatehouse-bench-"))
  const stops: (() => Promise<unknown>)[] = []
  try {
    const bare = await startBare()
    stops.push(async () => bare.child.kill())
    const first = fleetDevices(100)
    const candidates: Candidate[] = [{ name: "bare handshake", ...bare, device: first }]
    for (const size of sizes) {
      const server = await startFleet(join(home, String(size)), size)
      stops.push(server.stop)
      const device = fleetDevices(size)
      candidates.push({ name: `${size} devices`, port: server.port, child: server.child, device })
    }
    for (const candidate of candidates) await runRound(candidate, { round: 0, connects, atOnce })

    const results = new Map<Candidate, Round[]>(candidates.map((candidate) => [candidate, []]))
    for (let round = 1; round <= rounds; round += 1) {
      // Every second round runs backwards, so that nobody always follows the same neighbour.
      const order = round % 2 === 0 ? candidates : [...candidates].reverse()
      for (const candidate of order)
        results.get(candidate)?.push(await runRound(candidate, { round, connects, atOnce }))
    }
    return await Promise.all(
      candidates.map(async (candidate) => {
        const done = results.get(candidate) ?? []
        return {
          name: candidate.name,
          perSecond: median(done.map((round) => round.connects / round.seconds)),
          cpuMs: median(done.map((round) => round.cpuMs / round.connects)),
          residentMb: (await usageOf(candidate.child)).residentBytes / 1e6,
        }
      }),
    )
  } finally {
    await Promise.all(stops.map((stop) => stop()))
    rmSync(home, { recursive: true, force: true })
  }
}

function report(figures: readonly Figures[]) {
  const [bare, ...fleets] = figures
  const smallest = fleets[0]
  const largest = fleets.at(-1)
  if (bare === undefined || smallest === undefined || largest === undefined) throw new Error("nothing was measured")
  const rows = figures.map((row) => ({
    ...row,
    cpuOverBare: row.cpuMs / bare.cpuMs,
    rateOverBare: row.perSecond / bare.perSecond,
  }))
  const largestOverSmallest = largest.cpuMs / smallest.cpuMs
  const worst = Math.max(...rows.map((row) => row.cpuOverBare))
  return {
    rows,
    worstCpuOverBare: worst,
    largestOverSmallest,
    targets,
    reached: worst <= targets.overBare && largestOverSmallest <= targets.largestOverSmallest,
  }
}

function printTable({ rows, ...sums }: ReturnType<typeof report>): void {
  console.log("server            reconnects/s   CPU ms/reconnect   CPU over bare   rate over bare   resident MB")
  for (const row of rows) {
    const cells = [
      row.name.padEnd(16),
      row.perSecond.toFixed(0).padStart(13),
      row.cpuMs.toFixed(3).padStart(18),
      row.cpuOverBare.toFixed(2).padStart(15),
      row.rateOverBare.toFixed(2).padStart(16),
      row.residentMb.toFixed(0).padStart(13),
    ]
    console.log(cells.join(" "))
  }
  console.log(
    `CPU of a reconnect over the bare handshake: ${sums.worstCpuOverBare.toFixed(2)} at worst (target ${targets.overBare})`,
  )
  console.log(
    `CPU with the largest fleet over the smallest: ${sums.largestOverSmallest.toFixed(2)} (target ${targets.largestOverSmallest})`,
  )
}

async function main(): Promise<number> {
  if (process.argv[2] === "bare") {
    startBareServer(Number(process.argv[3]))
    return 0
  }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sizes: { type: "string", default: "100,10000,100000" },
      rounds: { type: "string", default: "8" },
      connects: { type: "string", default: "400" },
      "at-once": { type: "string", default: "8" },
      json: { type: "boolean", default: false },
      relays: { type: "string", default: "2000" },
      calls: { type: "string", default: "1500" },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  if (positionals.includes("door")) {
    const [relays, calls] = [Number(values.relays), Number(values.calls)]
    return reportDoor(await measureDoor({ calls, handshakes: 60, inFlight: 32, relays })) ? 0 : 1
  }
  const sizes = values.sizes.split(",").map(Number)
  const summary = report(
    await measure(sizes, Number(values.rounds), Number(values.connects), Number(values["at-once"])),
  )
  if (!values.json) printTable(summary)
  console.log(JSON.stringify(summary))
  return summary.reached ? 0 : 1
}

process.exitCode = await main()
