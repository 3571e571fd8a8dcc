import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { startPostgres } from "../postgres"
import { startServer } from "../server-process"
import { compare, type Effort, type Line, timesOf } from "./compare"
import { measureIdle } from "./idle"
import { measureListing } from "./listing"
import { type Candidate, type Round, runRound, usageOf } from "./measure"
import { type Operation, operations, peerOperations } from "./operations"
import { type DatabaseName, type Filling, type Measured, startBare, startFilled } from "./servers"
import type { Figure } from "./table"

export type WireOptions = Effort & {
  readonly databases: readonly DatabaseName[]
  /** Paired devices, ascending. */
  readonly sizes: readonly number[]
  /** Waiting requests, ascending. */
  readonly pendings: readonly number[]
  readonly idle: number
  /** How many devices are listed in one answer; 0 lists none. */
  readonly listed: number
  /** Where profiles of the servers are written; null writes none. */
  readonly profileTo: string | null
}

export type Results = { readonly lines: readonly Line[]; readonly figures: readonly Figure[] }

/** Everything that devices do, against the bare handshake in the same run. `program` starts the bare server. */
export async function measureWire(options: WireOptions, program: string): Promise<Results> {
  const home = mkdtempSync(join(tmpdir(), "gatehouse-bench-"))
  const postgres = options.databases.includes("postgresql") ? await startPostgres() : null
  if (options.profileTo !== null) mkdirSync(options.profileTo, { recursive: true })
  const running = new Map<string, Measured>()
  const bare = await startBare(program)

  const keyOf = ({ database, paired, pending }: Filling) => `${database}-${paired}-${pending}`
  const serverOf = async (filling: Filling) => {
    const key = keyOf(filling)
    const server = running.get(key) ?? (await startFilled(filling, { dataDir: join(home, key), postgres }))
    running.set(key, server)
    return server
  }
  const lines: Line[] = []
  const figures: Figure[] = []
  try {
    figures.push(...(await measureStart(join(home, "start"))))
    for (const operation of operations(options.sizes, options.pendings)) {
      const servers = await startAll(operation, options.databases, serverOf)
      console.error(`measuring: ${operation.name}`)
      lines.push(...(await compare(operation, bare, servers, options, options.profileTo)))
    }
    for (const database of options.databases) {
      const paired = options.sizes.at(-1) ?? 0
      const { readyMs } = await serverOf({ database, paired, pending: 0 })
      figures.push({ name: `ready with ${paired} devices, ${database}`, value: readyMs, unit: "ms", goal: 3_000 })
    }
    if (options.listed > 0) {
      console.error("measuring: list")
      const server = await serverOf({ database: "sqlite", paired: options.listed, pending: 0 })
      figures.push(...(await measureListing(server, options.listed)))
    }
    if (options.idle > 0) {
      console.error("measuring: idle connections")
      const server = await serverOf({ database: "sqlite", paired: 10_000, pending: 0 })
      figures.push(...(await measureIdle(bare, server, 10_000, options.idle)))
    }
    return { lines, figures }
  } finally {
    await Promise.all([...running.values()].map(({ stop }) => stop()))
    await bare.stop()
    await postgres?.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

async function startAll(
  { sizes }: Operation,
  databases: readonly DatabaseName[],
  serverOf: (filling: Filling) => Promise<Measured>,
): Promise<readonly Measured[]> {
  const servers: Measured[] = []
  for (const database of databases) for (const size of sizes) servers.push(await serverOf({ database, ...size }))
  return servers
}

/** A start on an empty directory, as the person with the home server has it. */
async function measureStart(dataDir: string): Promise<readonly Figure[]> {
  const first = await startServer({ dataDir })
  await first.stop()
  const startedMs = performance.now()
  const server = await startServer({ dataDir, preload: "./tools/bench/cpu-probe.mjs" })
  const readyMs = performance.now() - startedMs
  await pause(3_000)
  const { residentBytes } = await usageOf(server.child)
  await server.stop()
  return [
    { name: "ready after start", value: readyMs, unit: "ms", goal: 3_000 },
    { name: "resident memory after start", value: residentBytes / 1e6, unit: "MB", goal: 250 },
  ]
}

/** What can be measured of somebody else's gateway: how long its clients wait, and how many come in per second. */
export async function measurePeer(url: string, token: string, effort: Effort): Promise<readonly Line[]> {
  const peer: Candidate = { name: "peer", url, child: null }
  const lines: Line[] = []
  for (const { name, step } of peerOperations(token)) {
    const rounds: Round[] = []
    for (let round = 0; round < effort.rounds; round += 1) {
      const steps = Array.from({ length: effort.connects }, (_, index) =>
        step(peer, 0, round * effort.connects + index),
      )
      rounds.push(await runRound(peer, steps, effort.atOnce))
    }
    const none = { floorMs: null, cpuMs: Number.NaN, ratio: null, goal: null }
    lines.push({ operation: name, server: "peer", size: 0, ...none, ...timesOf(rounds) })
  }
  return lines
}
