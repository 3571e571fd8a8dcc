import { asIfFrom, type Connected, type ConnectResult, connect, createIdentity } from "@/tools/wire-client"

type Ask = {
  readonly role?: "operator" | "node"
  readonly scopes?: readonly string[]
  /** An address: as if from elsewhere. Absent: from this machine. */
  readonly from?: string
  /** A device token; absent: the shared one. */
  readonly deviceToken?: string
}

export type TestDevice = {
  readonly deviceId: string
  /** The first letters of its fingerprint, as the console writes them. */
  readonly fingerprint: string
  /** One connect; a refusal is a value. */
  readonly knock: (ask?: Ask) => Promise<ConnectResult>
  /** One connect that must succeed. */
  readonly enter: (ask?: Ask) => Promise<Connected>
  /** Closes all of its connections. */
  readonly leave: () => Promise<void>
}

/** A device with a key of its own, on real sockets. */
export function createDevice(
  gate: { readonly port: number; readonly sharedToken: () => string },
  name: string,
): TestDevice {
  const identity = createIdentity()
  const open: Connected[] = []
  const hex = identity.deviceId.slice(0, 8).toUpperCase()

  const knock: TestDevice["knock"] = async ({ role = "operator", scopes = [], from, deviceToken } = {}) => {
    const result = await connect({
      url: `ws://127.0.0.1:${gate.port}`,
      identity,
      role,
      scopes,
      auth: deviceToken === undefined ? { token: gate.sharedToken() } : { deviceToken },
      client: { displayName: name },
      ...(from === undefined ? {} : asIfFrom(from)),
    })
    if (result.ok) open.push(result)
    return result
  }

  return {
    deviceId: identity.deviceId,
    fingerprint: `${hex.slice(0, 4)} ${hex.slice(4)}`,
    knock,
    async enter(ask) {
      const result = await knock(ask)
      if (!result.ok) throw new Error(`The device was not let in: ${JSON.stringify(result.error)}`)
      return result
    },
    async leave() {
      for (const connected of open.splice(0)) await connected.close()
    },
  }
}

/** What a refusal says in its details; throws when the device was let in. */
export function refusalOf(result: ConnectResult): Readonly<Record<string, unknown>> {
  if (result.ok) throw new Error("The device was let in.")
  return { code: result.error?.code, ...result.error?.details }
}

/** The device token that a connect was handed; throws when it was handed none. */
export function tokenOf(connected: Connected): string {
  const token = connected.hello.auth.deviceToken
  if (token === undefined) throw new Error("No token was handed over.")
  return token
}

/** Devices knock one after the other, each from an address of its own, so that none is a known address with a new key. */
export async function knockEach(devices: readonly TestDevice[], scopes: readonly string[]): Promise<void> {
  for (const [index, each] of devices.entries()) await each.knock({ scopes, from: `192.168.1.${70 + index}` })
}
