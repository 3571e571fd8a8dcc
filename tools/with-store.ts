import { env } from "@/lib/env"
import { openDataDir } from "@/lib/store/data-dir"
import { loadKeys } from "@/lib/store/server-key"
import { StartError } from "@/lib/store/start-error"
import { openStore, type Store } from "@/lib/store/store"

// What a tool writes is for its own user only: database, keys, archives.
process.umask(0o077)

/**
 * Runs one piece of work on the store that the environment names, beside a running server or without one, and ends
 * the process: with what the work returns, or with 1 and one sentence where a person can help.
 */
export async function withStore(work: (store: Store) => Promise<number>): Promise<never> {
  process.exit(
    await sayWhatIsWrong(async () => {
      const store = await openOwnStore()
      try {
        return await work(store)
      } finally {
        await store.close()
      }
    }),
  )
}

/** Runs work that may throw a StartError, which is printed as its sentence. */
export async function sayWhatIsWrong(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.error(error.message)
    return 1
  }
}

async function openOwnStore(): Promise<Store> {
  openDataDir(env.dataDir)
  return openStore({
    databaseUrl: env.databaseUrl,
    databaseListenUrl: env.databaseListenUrl,
    dataDir: env.dataDir,
    keys: loadKeys(env),
    gatewayToken: env.gatewayToken,
    authSecret: env.authSecret,
    gatewayInfo: {
      host: env.host,
      port: env.port,
      publicUrl: env.publicUrl,
      trustedProxies: env.trustedProxies,
      proxyPort: env.proxyPort,
      controlUiPort: null,
    },
    chores: "leave",
  })
}

/** Where the console of this environment is reached from this machine. */
export function consoleAddress(): string {
  if (env.publicUrl !== null) return env.publicUrl
  const isAnywhere = env.host === "0.0.0.0" || env.host === "::"
  const host = isAnywhere ? "127.0.0.1" : env.host
  return `${env.tls === null ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${env.port}`
}
