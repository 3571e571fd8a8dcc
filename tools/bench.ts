import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { startBareServer } from "./bench/bare-server"
import { measureDoor, reportDoor } from "./bench/door"
import { databases } from "./bench/servers"
import { figureLines, flatness, isReached, tableOf } from "./bench/table"
import { measurePeer, measureWire } from "./bench/wire"

const usage = `npm run bench -- [--sizes 100,100000,1000000] [--pending 0,100000] [--databases sqlite,postgresql]
                 [--rounds 6] [--connects 400] [--at-once 8] [--idle 10000] [--listed 100000]
                 [--profile DIRECTORY] [--json]
npm run bench -- --peer URL --token TOKEN [--rounds 6] [--connects 400] [--at-once 8]
npm run bench -- door [--relays 2000] [--calls 1500]

What devices cost: the server's CPU for each, as a multiple of a bare handshake server in the same run, how long the
client waits, and how late the server's event loop gets. With --peer the same client measures any gateway of the
protocol that pairs it silently. With door: what the front door costs before a real gateway. Some 15 minutes; less
with smaller --sizes.`

async function main(): Promise<number> {
  if (process.argv[2] === "bare") {
    startBareServer(Number(process.argv[3]))
    return 0
  }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sizes: { type: "string", default: "100,100000,1000000" },
      pending: { type: "string", default: "0,100000" },
      databases: { type: "string", default: databases.join(",") },
      rounds: { type: "string", default: "6" },
      connects: { type: "string", default: "400" },
      "at-once": { type: "string", default: "8" },
      idle: { type: "string", default: "10000" },
      listed: { type: "string", default: "100000" },
      profile: { type: "string" },
      peer: { type: "string" },
      token: { type: "string" },
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
  const effort = { rounds: Number(values.rounds), connects: Number(values.connects), atOnce: Number(values["at-once"]) }
  if (values.peer !== undefined) {
    if (values.token === undefined) throw new Error("--peer wants --token, the shared secret of that gateway.")
    for (const line of tableOf(await measurePeer(values.peer, values.token, effort))) console.log(line)
    return 0
  }
  const { lines, figures: single } = await measureWire(
    {
      ...effort,
      databases: databases.filter((name) => values.databases.split(",").includes(name)),
      sizes: numbers(values.sizes),
      pendings: numbers(values.pending),
      ...{ idle: Number(values.idle), listed: Number(values.listed), profileTo: values.profile ?? null },
    },
    fileURLToPath(import.meta.url),
  )
  const late = Math.max(...lines.map(({ loopP99Ms }) => loopP99Ms))
  const figures = [
    ...flatness(lines),
    { name: "event loop delay p99, the worst of all operations", value: late, unit: "ms", goal: 50 },
    ...single,
  ]
  for (const line of [...tableOf(lines), "", ...figureLines(figures)]) console.log(line)
  if (values.json) console.log(JSON.stringify({ lines, figures }))
  return isReached(lines, figures) ? 0 : 1
}

const numbers = (list: string) =>
  list
    .split(",")
    .map(Number)
    .sort((one, other) => one - other)

process.exitCode = await main()
