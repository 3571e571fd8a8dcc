import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { isScenario, runScenario, type Scenario } from "@/lib/pairing/testing/scenario"
import { createKeys } from "@/lib/store/keys"
import { storeExecutor } from "@/lib/store/scenario-executor"
import { freshSecret } from "@/lib/store/secret-file"
import { openStore, type Store } from "@/lib/store/store"
import { startPostgres } from "./postgres"

const usage = "Usage: npm run scenarios -- FILE [--database sqlite|postgres]"

process.exit(await main())

/** Runs every scenario of a file on a fresh database, one line of JSON for each. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { database: { type: "string" } } })
  const [file] = positionals
  const database = values.database ?? "sqlite"
  if (file === undefined || (database !== "sqlite" && database !== "postgres")) {
    console.error(usage)
    return 1
  }
  const scenarios = readScenarios(file)
  if (typeof scenarios === "string") {
    console.error(scenarios)
    return 1
  }
  return withFreshStore(database, (store) => runAll(store, scenarios))
}

/** The scenarios of a file, or what is wrong with it. */
function readScenarios(file: string): readonly Scenario[] | string {
  try {
    const list: unknown = JSON.parse(readFileSync(file, "utf8"))
    if (!Array.isArray(list)) return `${file} is no list of scenarios.`
    const wrong = list.findIndex((item) => !isScenario(item))
    return wrong < 0 ? list.filter(isScenario) : `Item ${wrong + 1} of ${file} is no scenario.`
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

async function runAll(store: Store, scenarios: readonly Scenario[]): Promise<number> {
  let failed = 0
  for (const scenario of scenarios) {
    const why = await runOne(store, scenario)
    if (why !== null) failed += 1
    console.log(JSON.stringify(why === null ? { id: scenario.id, ok: true } : { id: scenario.id, ok: false, why }))
  }
  console.log(`${scenarios.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function runOne(store: Store, scenario: Scenario): Promise<string | null> {
  try {
    return await runScenario(scenario, await storeExecutor(store, scenario))
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`
  }
}

async function withFreshStore(
  database: "sqlite" | "postgres",
  work: (store: Store) => Promise<number>,
): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-scenarios-"))
  const server = database === "postgres" ? await startPostgres() : null
  try {
    const store = await openStore({
      databaseUrl: server === null ? null : await server.createDatabase("scenarios"),
      dataDir,
      keys: createKeys([freshSecret()]),
      gatewayToken: freshSecret(),
      authSecret: freshSecret(),
      // The gateway of the scenarios listens here.
      gatewayInfo: {
        host: "127.0.0.1",
        port: 18789,
        publicUrl: null,
        trustedProxies: [],
        proxyPort: null,
        controlUiPort: null,
      },
      chores: "leave",
    })
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  } finally {
    await server?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
