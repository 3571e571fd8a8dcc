import { asIfFrom, type ConnectOptions, type ConnectResult, connect, createIdentity } from "../wire-client"
import { fleetDevices } from "./fleet"
import type { Candidate, Step } from "./measure"
import { sharedToken } from "./servers"

/** Something that a device does, with what is measured against the bare handshake. */
export type Operation = {
  readonly name: "reconnect" | "new device, silent" | "new request"
  /** The most that it may cost, as a multiple of the bare handshake. */
  readonly goal: number
  /** How many paired devices and waiting requests it is measured at. */
  readonly sizes: readonly { readonly paired: number; readonly pending: number }[]
  /** One step of the row; `turn` never comes twice. What it needs of keys and signatures is made here, beforehand. */
  readonly step: (candidate: Candidate, paired: number, turn: number) => Step
}

const reconnect = (candidate: Candidate, paired: number, turn: number): Step => {
  const { identity, scopes, token, displayName } = fleetDevices(paired)(turn)
  const options = { url: candidate.url, identity, role: "operator", scopes }
  return letIn(candidate, { ...options, auth: { deviceToken: token }, client: { displayName } })
}

const pairSilently =
  (token: string) =>
  (candidate: Candidate, _paired: number, turn: number): Step =>
    letIn(candidate, {
      ...{ url: candidate.url, identity: createIdentity(), role: "operator", scopes: ["operator.read"] },
      // The bare server takes what it finds in this field as the token that was signed.
      auth: candidate.name === "bare handshake" ? { deviceToken: token } : { token },
      client: { displayName: `New device ${turn}` },
    })

const askToWait = (candidate: Candidate, _paired: number, turn: number): Step => {
  const options = {
    ...{ url: candidate.url, identity: createIdentity(), role: "operator", scopes: ["operator.read"] },
    client: { displayName: `Asking device ${turn}` },
    ...asIfFrom(`172.${16 + (turn >> 16)}.${(turn >> 8) & 255}.${turn & 255}`),
  }
  if (candidate.name === "bare handshake") return letIn(candidate, { ...options, auth: { deviceToken: sharedToken } })
  return async () => {
    const result = await connect({ ...options, auth: { token: sharedToken } })
    if (result.ok || result.error?.code !== "NOT_PAIRED") throw new Error(`${candidate.name}: ${saidBy(result)}`)
  }
}

/** One connect that has to be let in, and leaves again. */
function letIn(candidate: Pick<Candidate, "name">, options: ConnectOptions): Step {
  return async () => {
    const result = await connect(options)
    if (!result.ok) throw new Error(`${candidate.name}: ${saidBy(result)}`)
    await result.close()
  }
}

function saidBy(result: ConnectResult): string {
  if (result.ok) return "let in"
  return result.error?.message ?? `closed ${result.close.code} ${result.close.reason}`
}

/** The operations of devices, at the sizes that are asked for. */
export function operations(sizes: readonly number[], pendings: readonly number[]): readonly Operation[] {
  const ends = [...new Set([sizes[0] ?? 0, sizes.at(-1) ?? 0])]
  return [
    { name: "reconnect", goal: 2, sizes: sizes.map((paired) => ({ paired, pending: 0 })), step: reconnect },
    {
      name: "new device, silent",
      goal: 4,
      sizes: ends.map((paired) => ({ paired, pending: 0 })),
      step: pairSilently(sharedToken),
    },
    {
      name: "new request",
      goal: 3,
      sizes: pendings.map((pending) => ({ paired: sizes[0] ?? 0, pending })),
      step: askToWait,
    },
  ]
}

/**
 * What can be asked of any gateway of the protocol with nothing but its shared secret: first pairings, and returns
 * of the same devices with the tokens that they were given.
 */
export function peerOperations(token: string): readonly Pick<Operation, "name" | "step">[] {
  const met = new Map<number, Pick<ConnectOptions, "identity" | "auth">>()
  const enter =
    (candidate: Candidate, turn: number, by: Pick<ConnectOptions, "identity" | "auth">): Step =>
    async () => {
      const about = { role: "operator", scopes: ["operator.read"], client: { displayName: `Bench peer ${turn}` } }
      const result = await connect({ url: candidate.url, ...about, ...by })
      if (!result.ok) throw new Error(`${candidate.name}: ${saidBy(result)}`)
      const { deviceToken } = result.hello.auth
      met.set(turn, { ...by, auth: deviceToken === undefined ? { token } : { deviceToken } })
      await result.close()
    }
  return [
    {
      name: "new device, silent",
      step: (candidate, _paired, turn) => enter(candidate, turn, { identity: createIdentity(), auth: { token } }),
    },
    {
      name: "reconnect",
      step: (candidate, _paired, turn) => async () => {
        const by = met.get(turn)
        if (by === undefined) throw new Error(`Device ${turn} was not paired.`)
        await enter(candidate, turn, by)()
      },
    },
  ]
}
