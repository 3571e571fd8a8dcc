import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { z } from "zod"
import { connect, type DeviceIdentity } from "../wire-client"

export type BenchDevice = {
  readonly identity: DeviceIdentity
  readonly token: string
  readonly scopes: readonly string[]
  readonly displayName: string
}

/** A server under measurement, and the devices that reconnect to it. */
export type Candidate = {
  readonly name: string
  readonly port: number
  readonly child: ChildProcess
  readonly device: (index: number) => BenchDevice
}

export type Round = { readonly connects: number; readonly seconds: number; readonly cpuMs: number }

const usageSchema = z.object({ cpuUs: z.number(), residentBytes: z.number() })

/** What the server process itself says it has used so far. */
export async function usageOf(child: ChildProcess): Promise<{ cpuUs: number; residentBytes: number }> {
  child.send("usage")
  const [answer] = await once(child, "message")
  return usageSchema.parse(answer)
}

/** One round: `connects` full handshakes, `atOnce` at a time, by devices spread over the whole fleet. */
export async function runRound(candidate: Candidate, connects: number, atOnce: number): Promise<Round> {
  const before = await usageOf(candidate.child)
  const startedMs = performance.now()
  let next = 0
  const worker = async () => {
    while (next < connects) {
      const index = next
      next += 1
      await reconnect(candidate, candidate.device(index))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - startedMs) / 1000
  const after = await usageOf(candidate.child)
  return { connects, seconds, cpuMs: (after.cpuUs - before.cpuUs) / 1000 }
}

async function reconnect(candidate: Candidate, device: BenchDevice): Promise<void> {
  const result = await connect({
    url: `ws://127.0.0.1:${candidate.port}`,
    identity: device.identity,
    role: "operator",
    scopes: device.scopes,
    auth: { deviceToken: device.token },
    client: { displayName: device.displayName },
  })
  if (!result.ok) {
    throw new Error(
      `${candidate.name} refused: ${result.error?.message ?? `closed ${result.close.code} ${result.close.reason}`}`,
    )
  }
  await result.close()
}

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
