import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { postgresBinaries } from "./postgres-binaries"
import { freePort } from "./server-process"

export type TemporaryPostgres = {
  /** Makes a database and says its address. */
  createDatabase(name: string): Promise<string>
  /** Ends the server as an administrator does, connections and all; its rows stay. */
  halt(): Promise<void>
  /** Starts it again where it was. */
  resume(): Promise<void>
  stop(): Promise<void>
}

// PostgreSQL refuses to run as root, so root runs it as this user, which every system has.
const nobody = { uid: 65_534, gid: 65_534 }

/** Starts a PostgreSQL server on a free loopback port, in a directory of its own that is deleted when it stops. */
export async function startPostgres(): Promise<TemporaryPostgres> {
  const isRoot = process.getuid?.() === 0
  const { initdb, postgres } = postgresBinaries(isRoot)
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-postgres-"))
  const passwordFile = join(folder, "password")
  const password = randomBytes(12).toString("hex")
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (isRoot) for (const path of [folder, passwordFile]) chownSync(path, nobody.uid, nobody.gid)

  const options: SpawnOptions = { ...(isRoot && nobody), cwd: folder, stdio: ["ignore", "pipe", "pipe"] }
  const data = join(folder, "data")
  await toItsEnd(
    spawn(
      initdb,
      [
        "-D",
        data,
        "-U",
        "gatehouse",
        "-A",
        "scram-sha-256",
        `--pwfile=${passwordFile}`,
        "-E",
        "UTF8",
        "--locale=C",
        "--locale-provider=icu",
        "--icu-locale=en",
        "-N",
      ],
      options,
    ),
  )
  const port = await freePort()
  const settings = ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"]
  const args = ["-D", data, "-p", String(port), ...settings.flatMap((one) => ["-c", one])]
  let server = spawn(postgres, args, options)
  const end = () => server.kill("SIGINT")
  process.once("exit", end)
  await ready(server)

  async function halt() {
    if (server.exitCode !== null) return
    end()
    await once(server, "exit")
  }

  const address = (name: string) => `postgresql://gatehouse:${password}@127.0.0.1:${port}/${name}`
  return {
    async createDatabase(name) {
      const client = new pg.Client({ connectionString: address("postgres") })
      await client.connect()
      try {
        await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
      } finally {
        await client.end()
      }
      return address(name)
    },
    halt,
    async resume() {
      server = spawn(postgres, args, options)
      await ready(server)
    },
    async stop() {
      process.off("exit", end)
      await halt()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function collect(child: ChildProcess): () => string {
  let said = ""
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString()
    })
  return () => said
}

async function toItsEnd(child: ChildProcess): Promise<void> {
  const said = collect(child)
  const [code] = await once(child, "exit")
  if (code !== 0) throw new Error(`PostgreSQL could not be set up:\n${said()}`)
}

function ready(server: ChildProcess): Promise<void> {
  const said = collect(server)
  return new Promise((resolve, reject) => {
    server.stderr?.on("data", () => {
      if (said().includes("ready to accept connections")) resolve()
    })
    server.once("error", reject)
    server.once("exit", () => reject(new Error(`PostgreSQL did not start:\n${said()}`)))
  })
}
