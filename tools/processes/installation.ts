import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openTestSession } from "@/lib/auth/testing"
import { createKeys } from "@/lib/store/keys"
import { openStore, type Store } from "@/lib/store/store"
import { startPgbouncer } from "../pgbouncer"
import { startPostgres, type TemporaryPostgres } from "../postgres"
import { type ServerProcess, startServer } from "../server-process"
import {
  asIfFrom,
  type Connected,
  type ConnectOptions,
  type ConnectResult,
  connect,
  createIdentity,
  type DeviceIdentity,
} from "../wire-client"

export type Process = ServerProcess & {
  /** One handshake with this process, by the shared secret unless told otherwise. */
  readonly knock: (given: Partial<ConnectOptions>) => Promise<ConnectResult>
  /** The same, which has to succeed. */
  readonly enter: (given: Partial<ConnectOptions>) => Promise<Connected>
  /** A session with the authority for everything, as the command line of this machine has it. */
  readonly operator: () => Promise<Connected>
  /** Ends it as a machine does that loses its power. */
  readonly kill: () => Promise<unknown>
}

export type Installation = {
  readonly postgres: TemporaryPostgres
  /** The same rows, as a further process sees them that does none of the recurring work. */
  readonly store: Store
  /** Starts a process; all of them are stopped with the installation. */
  readonly start: (
    role: "gateway" | "console" | "all",
    over?: { readonly env?: Readonly<Record<string, string>>; readonly preload?: string },
  ) => Promise<Process>
  readonly stop: () => Promise<void>
}

const sharedToken = "the-shared-token-of-all-processes"
const serverKey = "a-server-key-for-several-processes-on-one-database"
const authSecret = "what-encrypts-the-cookies-of-several-processes"
const scopes = ["operator.read", "operator.write"]

/** A PostgreSQL of its own, and as many processes on it as a test starts; through a pool that lends connections or not. */
export async function openInstallation({
  through = "nothing",
}: {
  through?: "nothing" | "pgbouncer"
} = {}): Promise<Installation> {
  const postgres = await startPostgres()
  const url = await postgres.createDatabase("gatehouse")
  const pool = through === "pgbouncer" ? await startPgbouncer(url) : null
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-processes-"))
  const processes: Process[] = []
  const store = await openStore({
    ...{ databaseUrl: url, dataDir, keys: createKeys([serverKey]), gatewayToken: sharedToken, authSecret },
    gatewayInfo: {
      ...{ host: "127.0.0.1", port: 0, publicUrl: null, trustedProxies: [], proxyPort: null, controlUiPort: null },
    },
    chores: "leave",
  })
  return {
    postgres,
    store,
    async start(role, { env = {}, preload } = {}) {
      const server = await startServer({
        dataDir,
        ...(preload === undefined ? {} : { preload }),
        env: {
          DATABASE_URL: pool?.url ?? url,
          ...(pool === null ? {} : { DATABASE_LISTEN_URL: url }),
          GATEHOUSE_ROLE: role,
          GATEHOUSE_SERVER_KEY: serverKey,
          GATEHOUSE_GATEWAY_TOKEN: sharedToken,
          AUTH_SECRET: authSecret,
          GATEHOUSE_OWNER_EMAIL: "owner@example.org",
          GATEHOUSE_OWNER_PASSWORD: "a password for the owner",
          ...env,
        },
      })
      const made = { ...server, ...dialling(server), kill: () => kill(server) }
      processes.push(made)
      return made
    },
    async stop() {
      // One that a failed test left standing still hears no other signal.
      for (const { child } of processes) child.kill("SIGCONT")
      await Promise.all(processes.map((server) => server.stop()))
      await store.close()
      await pool?.stop()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Dial options of a client from elsewhere, for whom a person has to decide. */
export const elsewhere = asIfFrom("203.0.113.51")

/** A device of this machine that is let in silently, with the token that it was given. */
export async function pairedWith(server: Process): Promise<{ identity: DeviceIdentity; deviceToken: string }> {
  const identity = createIdentity()
  const first = await server.enter({ identity, scopes })
  await first.close()
  return { identity, deviceToken: first.hello.auth.deviceToken ?? "" }
}

/** Comes again with the token, as a device does. */
export function withToken(device: { identity: DeviceIdentity; deviceToken: string }): Partial<ConnectOptions> {
  return { identity: device.identity, scopes, auth: { deviceToken: device.deviceToken } }
}

/** How long a session stays open, in milliseconds; fails when it is still open after that time. */
export async function closedWithin(session: Connected, ms: number): Promise<{ code: number }> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`a socket was still open after ${ms} ms`)), ms).unref()
  })
  return Promise.race([session.closed, late])
}

/** Reads the live events of a console as an owner's browser does; what was said grows. */
export async function watchConsole(
  store: Store,
  server: ServerProcess,
): Promise<{ said: () => string; stop: () => void }> {
  const asConsole = { ...store, gatewayInfo: { ...store.gatewayInfo, port: server.port } }
  const { cookie } = await openTestSession(asConsole, { role: "owner" })
  const ending = new AbortController()
  const response = await fetch(`${server.url}/api/events`, { headers: { cookie }, signal: ending.signal })
  if (response.body === null || response.status !== 200) throw new Error(`no stream of events: ${response.status}`)
  let said = ""
  void (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) said += decoder.decode(chunk, { stream: true })
  })().catch(() => undefined)
  return { said: () => said, stop: () => ending.abort() }
}

function dialling({ port }: ServerProcess): Pick<Process, "knock" | "enter" | "operator"> {
  const url = `ws://127.0.0.1:${port}`
  const knock = (given: Partial<ConnectOptions>) => connect({ url, auth: { token: sharedToken }, ...given })
  async function enter(given: Partial<ConnectOptions>) {
    const result = await knock(given)
    if (result.ok) return result
    throw new Error(`not let in: ${JSON.stringify(result)}`)
  }
  return {
    knock,
    enter,
    operator: () => enter({ identity: null, client: { id: "cli", mode: "cli" }, scopes: ["operator.admin"] }),
  }
}

function kill({ child, exited }: ServerProcess): Promise<unknown> {
  child.kill("SIGKILL")
  return exited
}
