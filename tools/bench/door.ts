import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { installRealClient, realClient } from "../compat/install"
import { startRealGateway } from "../compat/real-gateway"
import { startServer } from "../server-process"
import { type Connected, connect, createIdentity } from "../wire-client"
import { median, usageOf } from "./measure"

/** How the front door is measured; the defaults are those of the goals. */
export type DoorOptions = {
  readonly calls: number
  readonly handshakes: number
  readonly inFlight: number
  readonly relays: number
}

const goals = { rpcMs: 0.3, handshakeMs: 3, relayKb: 60, throughput: 0.9 }
const scopes = ["operator.read"]
const sharedToken = "bench-shared-token"
const method = "node.list"

type Side = { readonly name: "direct" | "door"; readonly enter: () => Promise<Connected> }

/** The cost of the front door: everything through it against the same without it, in turns, with the real gateway. */
export async function measureDoor(options: DoorOptions) {
  await installRealClient(console.error)
  const home = mkdtempSync(join(tmpdir(), "gatehouse-bench-door-"))
  const gateway = await startRealGateway(join(home, "behind"))
  const server = await startServer({
    dataDir: join(home, "data"),
    preload: "./tools/bench/cpu-probe.mjs",
    env: {
      GATEHOUSE_GATEWAY_TOKEN: sharedToken,
      GATEHOUSE_UPSTREAM: gateway.url,
      GATEHOUSE_UPSTREAM_TOKEN: gateway.secret,
    },
  })
  const identity = createIdentity()
  const sides: readonly [Side, Side] = [
    {
      name: "direct",
      enter: () =>
        entered({ url: gateway.url, token: gateway.secret, client: { id: "gateway-client", mode: "backend" } }),
    },
    { name: "door", enter: () => entered({ url: `ws://127.0.0.1:${server.port}`, token: sharedToken, identity }) },
  ]
  try {
    const handshake = await inTurns(sides, options.handshakes, async ({ enter }) => {
      const startedMs = performance.now()
      const client = await enter()
      const tookMs = performance.now() - startedMs
      await client.close()
      return tookMs
    })
    const clients = new Map<Side, Connected>()
    for (const side of sides) clients.set(side, await side.enter())
    const clientOf = (side: Side) => {
      const client = clients.get(side)
      if (client === undefined) throw new Error(`no client for ${side.name}`)
      return client
    }
    const rpc = await inTurns(sides, options.calls, async (side) => {
      const startedMs = performance.now()
      await called(clientOf(side))
      return performance.now() - startedMs
    })
    const rate = await inTurns(sides, 9, async (side) => perSecond(clientOf(side), options.inFlight, 600))
    for (const client of clients.values()) await client.close()
    const relayKb = await idleRelays(sides[1], server.child, options.relays)
    return { release: realClient.version, handshake, rpc, rate, relayKb, ...options, goals }
  } finally {
    await server.stop()
    await gateway.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

export type DoorFigures = Awaited<ReturnType<typeof measureDoor>>

type EnterOptions = {
  readonly url: string
  readonly token: string
  readonly identity?: ReturnType<typeof createIdentity>
  readonly client?: { readonly id: string; readonly mode: string }
}

async function entered({ url, token, identity, client }: EnterOptions): Promise<Connected> {
  const result = await connect({ url, scopes, auth: { token }, identity: identity ?? null, ...(client && { client }) })
  if (!result.ok) throw new Error(`${url} refused: ${JSON.stringify(result)}`)
  return result
}

async function called(client: Connected): Promise<void> {
  const answer = await client.request(method, {})
  if (!answer.ok) throw new Error(`${method} was refused: ${JSON.stringify(answer.error)}`)
}

async function perSecond(client: Connected, inFlight: number, calls: number): Promise<number> {
  const startedMs = performance.now()
  let left = calls
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await called(client)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return calls / ((performance.now() - startedMs) / 1000)
}

/** The same on both sides, one after the other, so that what else the machine does hits both alike. */
async function inTurns(sides: readonly [Side, Side], times: number, run: (side: Side) => Promise<number>) {
  const taken = { direct: [] as number[], door: [] as number[] }
  for (let turn = 0; turn < times; turn += 1) {
    const order = turn % 2 === 0 ? sides : [sides[1], sides[0]]
    for (const side of order) taken[side.name].push(await run(side))
  }
  return { direct: spread(taken.direct), door: spread(taken.door) }
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((one, other) => one - other)
  return { p50: median(sorted), p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN }
}

/** Resident memory per relay that is open and does nothing, in KB. */
async function idleRelays(door: Side, child: Parameters<typeof usageOf>[0], count: number): Promise<number> {
  const warm = await enterMany(door, 50)
  const before = await usageOf(child)
  const open = await enterMany(door, count)
  const after = await usageOf(child)
  for (const client of [...open, ...warm]) client.terminate()
  return (after.residentBytes - before.residentBytes) / count / 1000
}

/** So many at a time that no limit on sockets that have not logged in is met. */
async function enterMany(door: Side, count: number): Promise<readonly Connected[]> {
  const open: Connected[] = []
  while (open.length < count) {
    open.push(...(await Promise.all(Array.from({ length: Math.min(16, count - open.length) }, door.enter))))
  }
  return open
}

/** Prints the figures beside their goals, and says whether they were reached. */
export function reportDoor(figures: DoorFigures): boolean {
  const { handshake, rpc, rate, relayKb } = figures
  const p50 = rpc.door.p50 - rpc.direct.p50
  const throughput = rate.door.p50 / rate.direct.p50
  const handshakeMs = handshake.door.p50 - handshake.direct.p50
  const ms = (value: number) => `${value.toFixed(2)} ms`
  console.log(`the front door before a real gateway ${figures.release}`)
  console.log(`RPC (${method})  direct ${ms(rpc.direct.p50)} p50, ${ms(rpc.direct.p95)} p95`)
  console.log(
    `                door ${ms(rpc.door.p50)} p50, ${ms(rpc.door.p95)} p95: +${ms(p50)} (goal +${goals.rpcMs} ms)`,
  )
  console.log(
    `handshake       direct ${ms(handshake.direct.p50)}, door ${ms(handshake.door.p50)}: +${ms(handshakeMs)} (goal +${goals.handshakeMs} ms)`,
  )
  console.log(
    `RPC/s, ${figures.inFlight} in flight  direct ${rate.direct.p50.toFixed(0)}, door ${rate.door.p50.toFixed(0)}: ${throughput.toFixed(2)} (goal ${goals.throughput})`,
  )
  console.log(`idle relay      ${relayKb.toFixed(1)} KB each over ${figures.relays} (goal ${goals.relayKb} KB)`)
  console.log(JSON.stringify(figures))
  return (
    p50 <= goals.rpcMs && handshakeMs <= goals.handshakeMs && throughput >= goals.throughput && relayKb <= goals.relayKb
  )
}
