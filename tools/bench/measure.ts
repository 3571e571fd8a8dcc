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

/**
 * Who connects in a round: devices spread over the whole fleet, and others in every round while there are any, so that
 * nothing of them is still at hand from the round before.
 */
export function devicesOfRound(
  { device }: Pick<Candidate, "device">,
  round: number,
  connects: number,
): readonly BenchDevice[] {
  return Array.from({ length: connects }, (_, index) => device(round * connects + index))
}

/** One round: `connects` full handshakes, `atOnce` at a time. Making the devices' keys is not part of what is measured. */
export async function runRound(
  candidate: Candidate,
  { round, connects, atOnce }: { round: number; connects: number; atOnce: number },
): Promise<Round> {
  const waiting = devicesOfRound(candidate, round, connects)[Symbol.iterator]()
  const before = await usageOf(candidate.child)
  const startedMs = performance.now()
  const worker = async () => {
    for (const device of waiting) await reconnect(candidate, device)
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
