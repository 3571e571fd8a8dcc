import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { z } from "zod"

/** A server under measurement. */
export type Candidate = {
  readonly name: string
  readonly url: string
  /** Null where it is somebody else's process, of which nothing but its answers can be seen. */
  readonly child: ChildProcess | null
}

/** One time that a client does something, from a place in a row of work that is prepared beforehand. */
export type Step = () => Promise<void>

/** What some steps cost: the server's CPU for each, how long each took the client, how late the event loop was. */
export type Round = {
  readonly steps: number
  readonly seconds: number
  readonly cpuMs: number
  readonly tookMs: readonly number[]
  readonly loopP99Ms: number
  readonly loopMaxMs: number
}

const usageSchema = z.object({
  cpuUs: z.number(),
  residentBytes: z.number(),
  loopP99Ms: z.number(),
  loopMaxMs: z.number(),
})

export type Usage = z.infer<typeof usageSchema>

const unknown: Usage = { cpuUs: Number.NaN, residentBytes: Number.NaN, loopP99Ms: Number.NaN, loopMaxMs: Number.NaN }

/** What the server process itself says it has used so far, and how late its event loop was since it was last asked. */
export async function usageOf(child: ChildProcess | null): Promise<Usage> {
  if (child === null) return unknown
  child.send("usage")
  const [answer] = await once(child, "message")
  return usageSchema.parse(answer)
}

/** Runs work while the server process writes down where its time goes. */
export async function profiled<T>(child: ChildProcess, file: string, work: () => Promise<T>): Promise<T> {
  child.send("profile")
  await once(child, "message")
  const result = await work()
  child.send({ profileTo: file })
  await once(child, "message")
  return result
}

/** Runs steps, so many at once, and tells what they cost the server and how long they took. */
export async function runRound(
  { child }: Pick<Candidate, "child">,
  steps: readonly Step[],
  atOnce: number,
): Promise<Round> {
  const waiting = steps[Symbol.iterator]()
  const tookMs: number[] = []
  const before = await usageOf(child)
  const startedMs = performance.now()
  const worker = async () => {
    for (const step of waiting) {
      const sinceMs = performance.now()
      await step()
      tookMs.push(performance.now() - sinceMs)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - startedMs) / 1000
  const after = await usageOf(child)
  const { loopP99Ms, loopMaxMs } = after
  return { steps: steps.length, seconds, cpuMs: (after.cpuUs - before.cpuUs) / 1000, tookMs, loopP99Ms, loopMaxMs }
}

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The value below which a share (0 to 1) of a list of numbers lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
