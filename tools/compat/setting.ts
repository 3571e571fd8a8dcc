import { z } from "zod"
import type { Database } from "@/lib/store/client"
import type { Keys } from "@/lib/store/keys"
import { mustHold } from "../checks"
import { asIfFrom, type ConnectResult, connect, createIdentity, type DeviceIdentity } from "../wire-client"
import type { Console } from "./console"
import { openclaw, type Printed } from "./real-client"

export type Setting = {
  readonly port: number
  readonly token: string
  /** The authority of the server's certificate; null where it has none and is spoken to in the clear. */
  readonly caFile: string | null
  /** Where the server keeps everything. */
  readonly dataDir: string
  /** An empty directory of that name, for one real client. */
  readonly stateDir: (name: string) => string
  /** The console in a real browser. */
  readonly desk: Console
  /** The rows of the server, to hold against what a person sees. */
  readonly db: Database["db"]
  /** What the secrets of tokens are derived with. */
  readonly keys: Keys
}

/** Runs `openclaw … --json` against the server by a host name of this machine. */
export async function ask(
  setting: Setting,
  stateDir: string,
  args: readonly string[],
  via: { host: string; port?: number } = { host: "127.0.0.1" },
): Promise<Printed> {
  const { token, caFile } = setting
  const url = `${caFile === null ? "ws" : "wss"}://${via.host}:${via.port ?? setting.port}`
  return openclaw(stateDir, [...args, "--url", url, "--token", token, "--json"], caFile)
}

/** What a command that succeeded printed as JSON. */
export function printedJson(printed: Printed): unknown {
  if (printed.exitCode !== 0) throw new Error(`exit code ${printed.exitCode}\n${printed.stdout}\n${printed.stderr}`)
  return JSON.parse(printed.stdout)
}

/** What a command that failed printed as JSON; the real client exits with 1 then. */
export function refusedJson(printed: Printed): unknown {
  mustHold({ exitCode: printed.exitCode, stdout: printed.stdout }, { exitCode: 1, stdout: /^\s*{/ })
  return JSON.parse(printed.stdout)
}

/** A phone somewhere else, to be decided about by the commands under test. */
export function phone(setting: Setting, name: string, address: string) {
  const identity: DeviceIdentity = createIdentity()
  const knock = (
    scopes: readonly string[],
    auth: { token?: string; deviceToken?: string } = { token: setting.token },
  ) =>
    connect({
      url: `ws://127.0.0.1:${setting.port}`,
      identity,
      scopes,
      auth,
      client: { id: "openclaw-ios", mode: "ui", platform: "ios", deviceFamily: "iPhone", displayName: name },
      ...asIfFrom(address),
    })
  return {
    deviceId: identity.deviceId,
    knock,
    /** Knocks and hands back the id of the request that this files or refreshes. */
    request: async (scopes: readonly string[], reason: string): Promise<string> => {
      const refused = await knock(scopes)
      mustHold(refused, { ok: false, error: { code: "NOT_PAIRED", details: { code: "PAIRING_REQUIRED", reason } } })
      return requestIdOf(refused)
    },
    enter: async (scopes: readonly string[], auth?: { token?: string; deviceToken?: string }) => {
      const result = await knock(scopes, auth)
      if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`)
      return result
    },
  }
}

/** The request that a refusal of the real client names. */
export function requestIdIn(refused: unknown): string {
  const words = JSON.stringify(refused)
  const requestId = /requestId: ([0-9A-Za-z-]+)/.exec(words)?.[1]
  if (requestId === undefined) throw new Error(`no request id in ${words}`)
  return requestId
}

function requestIdOf(refused: ConnectResult): string {
  const id = refused.ok ? null : refused.error?.details?.requestId
  if (typeof id !== "string") throw new Error("the refusal names no request")
  return id
}

const rowsSchema = z.object({
  pending: z.array(z.looseObject({ requestId: z.string() })),
  paired: z.array(z.looseObject({ deviceId: z.string(), displayName: z.string().optional() })),
})

/** What `openclaw devices list` prints to the owner of the machine. */
export async function listed(setting: Setting) {
  const printed = await ask(setting, setting.stateDir("owner"), ["devices", "list"])
  return rowsSchema.parse(printedJson(printed))
}
