import { spawn } from "node:child_process"
import { setTimeout as pause } from "node:timers/promises"
import type { TemporaryPostgres } from "../postgres"
import { freePort, startServer } from "../server-process"
import { benchServerKey, fleetRows, pendingRows } from "./fleet"
import type { Candidate } from "./measure"
import { type Seed, seedPostgres, seedSqlite } from "./seeding"

export const databases = ["sqlite", "postgresql"] as const
export type DatabaseName = (typeof databases)[number]

export const sharedToken = "bench-shared-token"
const probe = "./tools/bench/cpu-probe.mjs"

/** What stands in a store before it is measured. */
export type Filling = { readonly database: DatabaseName; readonly paired: number; readonly pending: number }

/** A server that is measured until it is stopped. */
export type Measured = Candidate & {
  readonly filling: Filling
  /** From its start until it was ready, with the store as it is. */
  readonly readyMs: number
  readonly stop: () => Promise<unknown>
}

/** The least that any gateway of this protocol does for a connect, in a process of its own. */
export async function startBare(program: string): Promise<Candidate & { readonly stop: () => Promise<unknown> }> {
  const port = await freePort()
  const child = spawn(process.execPath, ["--import", probe, program, "bare", String(port)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const stop = async () => child.kill()
  while (!(await fetch(`http://127.0.0.1:${port}`).catch(() => null))) await pause(50)
  return { name: "bare handshake", url: `ws://127.0.0.1:${port}`, child, stop }
}

/** Lets as many wait as are measured, from wherever; the limits themselves are not what is measured here. */
const raised = { pendingTotal: "1000000", pendingPerAddress: "1000", unauthenticatedPerAddress: "1000" }

/** Starts Gatehouse over a store that was filled beforehand. */
export async function startFilled(
  filling: Filling,
  place: { readonly dataDir: string; readonly postgres: TemporaryPostgres | null },
): Promise<Measured> {
  const { dataDir } = place
  const name = `bench_${filling.paired}_${filling.pending}`
  const databaseUrl = filling.database === "postgresql" ? await place.postgres?.createDatabase(name) : undefined
  const env = {
    ...{ GATEHOUSE_SERVER_KEY: benchServerKey, GATEHOUSE_GATEWAY_TOKEN: sharedToken },
    ...{ GATEHOUSE_TRUSTED_PROXIES: "127.0.0.2" },
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl, AUTH_SECRET: "bench-auth-secret-of-nobody-at-all" }),
  }
  const migrating = await startServer({ dataDir, env })
  await migrating.stop()
  const startedMs = performance.now()
  if (databaseUrl === undefined) seedSqlite(dataDir, filled(filling))
  else await seedPostgres(databaseUrl, filled(filling))
  const seconds = (performance.now() - startedMs) / 1000
  console.error(`${filling.database}: ${filling.paired} paired, ${filling.pending} pending in ${seconds.toFixed(1)} s`)
  const sinceMs = performance.now()
  const server = await startServer({ dataDir, env, preload: probe })
  const readyMs = performance.now() - sinceMs
  const { child, stop, port } = server
  return { name: filling.database, url: `ws://127.0.0.1:${port}`, child, stop, filling, readyMs }
}

function* filled({ paired, pending }: Filling): Generator<Seed> {
  for (const [key, value] of Object.entries(raised)) {
    yield { table: "Setting", row: { key, value, updatedAtMs: Date.now(), updatedBy: "bench" } }
  }
  yield* fleetRows(paired)
  yield* pendingRows(pending, Date.now())
}
