import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { parseArgs } from "node:util"
import Sqlite from "better-sqlite3"
import { env } from "@/lib/env"
import { anchorFile } from "@/lib/store/audit-anchor"
import { databaseLocation } from "@/lib/store/client"
import { StartError } from "@/lib/store/start-error"
import { writeTar } from "./tar"
import { sayWhatIsWrong } from "./with-store"

/** The secrets of a data directory: without the server key the tokens in the database belong to nobody. */
const secretFiles = ["server-key", "gateway-token", "auth-secret"]

const { positionals } = parseArgs({ allowPositionals: true })
process.exit(await sayWhatIsWrong(() => backUp(positionals)))

async function backUp([file, ...more]: readonly string[]): Promise<number> {
  if (!file || more.length > 0) throw new StartError("Usage: npm run backup -- FILE   (a new .tar file)")
  const location = databaseLocation(env.databaseUrl, env.dataDir)
  if (location.dialect === "postgresql")
    throw new StartError(
      "The rows are on PostgreSQL: back them up with pg_dump, which is consistent while the servers run, and keep GATEHOUSE_SERVER_KEY, AUTH_SECRET and GATEHOUSE_GATEWAY_TOKEN with the dump.",
    )
  const target = resolve(file)
  if (existsSync(target)) throw new StartError(`${target} exists already: name a new file.`)
  if (!existsSync(dirname(target))) throw new StartError(`There is no directory ${dirname(target)}: make it first.`)
  if (!existsSync(location.file))
    throw new StartError(`There is no database in ${env.dataDir}: set GATEHOUSE_DATA_DIR to the one of the server.`)

  const work = mkdtempSync(join(dirname(target), `.${basename(target)}-`))
  try {
    const copy = join(work, "gatehouse.db")
    // Before the rows: what is sealed meanwhile may be in them and not in the anchor, but not the other way round.
    const anchors = copyAnchor(work)
    copyDatabase(location.file, copy)
    const secrets = secretFiles.filter((name) => existsSync(join(env.dataDir, name)))
    const entries = [
      { name: "gatehouse.db", file: copy },
      ...anchors,
      ...secrets.map((name) => ({ name, file: join(env.dataDir, name) })),
    ]
    const archive = join(work, "archive")
    await writeTar(archive, entries, Date.now())
    renameSync(archive, target)
    console.log(`${target} holds ${entries.map(({ name }) => name).join(", ")}.`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  if (env.serverKey ?? env.serverKeyFile)
    console.log(
      "The server key is not in it: it comes from the environment. Without it the tokens are lost, so keep it too.",
    )
  console.log(
    `To go back: stop the server, then unpack it into an empty data directory: tar -xf ${basename(target)} -C DIR`,
  )
  return 0
}

/** What is known of the audit log from outside the database; nothing, where no entry was sealed yet. */
function copyAnchor(work: string): readonly { name: string; file: string }[] {
  const source = anchorFile(env.dataDir, env.databaseUrl)
  if (!existsSync(source)) return []
  const file = join(work, basename(source))
  copyFileSync(source, file)
  return [{ name: basename(source), file }]
}

/** One consistent copy, as of one instant, while the server goes on writing; checked page by page before it counts. */
function copyDatabase(from: string, to: string): void {
  const source = new Sqlite(from, { fileMustExist: true, timeout: 10_000 })
  source.prepare("VACUUM INTO ?").run(to)
  source.close()
  const copy = new Sqlite(to, { readonly: true })
  const verdict: unknown = copy.pragma("integrity_check", { simple: true })
  copy.close()
  if (verdict !== "ok") throw new StartError(`The database is damaged, and so would be its copy: ${verdict}`)
}
