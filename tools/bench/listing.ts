import { connect, createIdentity } from "../wire-client"
import { fleetDevices } from "./fleet"
import { type Candidate, usageOf } from "./measure"
import { sharedToken } from "./servers"
import type { Figure } from "./table"

/** What the list of all devices costs, and how long handshakes take beside it. */
export async function measureListing(server: Candidate, paired: number): Promise<readonly Figure[]> {
  const reader = await connect({
    ...{ url: server.url, identity: createIdentity(), role: "operator", scopes: ["operator.pairing"] },
    ...{ auth: { token: sharedToken }, client: { displayName: "Bench reader" } },
  })
  if (!reader.ok) throw new Error(`${server.name} refused the reader: ${reader.error?.message}`)
  const alone = await slowestHandshake(server, paired, until(2_000))
  await usageOf(server.child)
  let isDone = false
  const startedMs = performance.now()
  const list = reader.request("device.pair.list").finally(() => {
    isDone = true
  })
  const beside = await slowestHandshake(server, paired, () => isDone)
  const answer = await list
  const tookMs = performance.now() - startedMs
  const { loopMaxMs } = await usageOf(server.child)
  await reader.close()
  if (!answer.ok) throw new Error(`The list was refused: ${answer.error.message}`)
  const what = `device.pair.list of ${paired} devices`
  return [
    { name: `${what}: until it is there`, value: tookMs, unit: "ms", goal: null },
    { name: `${what}: bytes`, value: JSON.stringify(answer.payload).length / 1e6, unit: "MB", goal: null },
    { name: "slowest handshake without it", value: alone, unit: "ms", goal: null },
    { name: `${what}: slowest handshake beside it`, value: beside, unit: "ms", goal: null },
    { name: `${what}: longest block of the event loop`, value: loopMaxMs, unit: "ms", goal: 50 },
  ]
}

function until(ms: number): () => boolean {
  const endMs = performance.now() + ms
  return () => performance.now() > endMs
}

/** Handshakes one after the other until it is over; how long the slowest took. */
async function slowestHandshake(server: Candidate, paired: number, isOver: () => boolean): Promise<number> {
  const device = fleetDevices(paired)
  let slowest = 0
  for (let turn = 0; !isOver(); turn += 1) {
    const { identity, scopes, token, displayName } = device(turn)
    const startedMs = performance.now()
    const about = { role: "operator", scopes, client: { displayName } }
    const result = await connect({ url: server.url, identity, ...about, auth: { deviceToken: token } })
    slowest = Math.max(slowest, performance.now() - startedMs)
    if (!result.ok) throw new Error(`${server.name} refused: ${result.error?.message}`)
    await result.close()
  }
  return slowest
}
