import { setTimeout as pause } from "node:timers/promises"
import { type Connected, connect } from "../wire-client"
import { type BenchDevice, fleetDevices } from "./fleet"
import { type Candidate, usageOf } from "./measure"
import type { Figure } from "./table"

const atOnce = 16
const others = 50

/**
 * What connections cost that do nothing: memory, the CPU of ticks and pings, and what they are sent when others come
 * and go. `paired` is the fleet that they belong to; a fleet has no more than 10 000 devices that can connect.
 */
export async function measureIdle(
  bare: Candidate,
  server: Candidate,
  paired: number,
  count: number,
): Promise<readonly Figure[]> {
  const floor = await memoryOfEach(bare, paired, count)
  for (const client of floor.open) client.terminate()
  const { open, kilobytes } = await memoryOfEach(server, paired, count)
  const told = await toldOfOthers(server, paired, open)
  const perMinute = await idleCpu(server)
  for (const client of open) client.terminate()
  return [
    { name: `${count} idle connections, bare: memory of each`, value: floor.kilobytes, unit: "KB", goal: null },
    { name: `${count} idle connections: memory of each`, value: kilobytes, unit: "KB", goal: 40 },
    { name: `frames to the others for ${others} connects and disconnects`, value: told, unit: "frames", goal: 0 },
    {
      name: `CPU of ${count} idle connections, ticks and pings, per minute`,
      value: perMinute,
      unit: "ms",
      goal: null,
    },
  ]
}

async function memoryOfEach(candidate: Candidate, paired: number, count: number) {
  const device = fleetDevices(paired)
  // What a server takes once for any number of them is not theirs.
  const open = await enterMany(
    candidate,
    Array.from({ length: 200 }, (_, turn) => device(turn)),
  )
  await pause(2_000)
  const before = await usageOf(candidate.child)
  const rest = Array.from({ length: count - open.length }, (_, turn) => device(open.length + turn))
  open.push(...(await enterMany(candidate, rest)))
  await pause(2_000)
  const after = await usageOf(candidate.child)
  return { open, kilobytes: (after.residentBytes - before.residentBytes) / rest.length / 1000 }
}

async function enterMany(candidate: Candidate, devices: readonly BenchDevice[]): Promise<Connected[]> {
  const waiting = devices[Symbol.iterator]()
  const open: Connected[] = []
  const worker = async () => {
    for (const device of waiting) open.push(await enter(candidate, device))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return open
}

async function enter({ url, name }: Candidate, { identity, scopes, token, displayName }: BenchDevice) {
  const about = { role: "operator", scopes, client: { displayName } }
  const result = await connect({ url, identity, ...about, auth: { deviceToken: token } })
  if (!result.ok) throw new Error(`${name} refused: ${result.error?.message ?? result.close.code}`)
  return result
}

/** Frames that connected clients get because others come and go, ticks aside. */
async function toldOfOthers(server: Candidate, paired: number, open: readonly Connected[]): Promise<number> {
  let frames = 0
  for (const client of open) {
    client.onEvent(({ event }) => {
      if (event !== "tick") frames += 1
    })
  }
  const device = fleetDevices(paired)
  for (let turn = 0; turn < others; turn += 1) await (await enter(server, device(turn))).close()
  await pause(1_000)
  return frames
}

async function idleCpu({ child }: Candidate): Promise<number> {
  const before = await usageOf(child)
  await pause(60_000)
  const after = await usageOf(child)
  return (after.cpuUs - before.cpuUs) / 1000
}
