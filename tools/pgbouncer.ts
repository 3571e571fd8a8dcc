import { spawn } from "node:child_process"
import { once } from "node:events"
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { inherited } from "./environment"
import { freePort } from "./server-process"

// Debian keeps it where only root looks.
const folders = (inherited.PATH ?? "").split(delimiter).concat("/usr/sbin", "/usr/local/sbin")
const program = folders.map((folder) => join(folder, "pgbouncer")).find(existsSync) ?? null

/** Why the tests through PgBouncer cannot run here; null where they can. */
export const whyNoPgbouncer =
  program === null ? "PgBouncer is not installed. On Debian: apt-get install pgbouncer" : null

// Like PostgreSQL it refuses to run as root.
const nobody = { uid: 65_534, gid: 65_534 }

export type Pgbouncer = { readonly url: string; readonly stop: () => Promise<void> }

/** Starts PgBouncer in transaction mode before a database: a few connections for everybody, each lent for one transaction. */
export async function startPgbouncer(databaseUrl: string): Promise<Pgbouncer> {
  if (program === null) throw new Error("PgBouncer is not installed.")
  const database = new URL(databaseUrl)
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-pgbouncer-"))
  const port = await freePort()
  const files = {
    "users.txt": `"${database.username}" "${database.password}"\n`,
    "pgbouncer.ini": [
      "[databases]",
      `* = host=${database.hostname} port=${database.port} user=${database.username} password=${database.password}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = plain",
      `auth_file = ${join(folder, "users.txt")}`,
      "pool_mode = transaction",
      "default_pool_size = 5",
      "max_client_conn = 500",
    ].join("\n"),
  }
  const isRoot = process.getuid?.() === 0
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 })
  if (isRoot) for (const name of [".", ...Object.keys(files)]) chownSync(join(folder, name), nobody.uid, nobody.gid)
  const child = spawn(program, [join(folder, "pgbouncer.ini")], {
    ...(isRoot && nobody),
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString()
    })
  await new Promise<void>((resolve, reject) => {
    child.stderr.on("data", () => {
      if (said.includes("process up")) resolve()
    })
    child.once("error", reject)
    child.once("exit", () => reject(new Error(`PgBouncer did not start:\n${said}`)))
  })
  database.port = String(port)
  return {
    url: database.href,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM")
        await once(child, "exit")
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
