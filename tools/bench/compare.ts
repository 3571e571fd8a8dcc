import { type Candidate, median, percentile, profiled, type Round, runRound, usageOf } from "./measure"
import type { Operation } from "./operations"
import type { Measured } from "./servers"

export type Effort = {
  readonly rounds: number
  /** Steps of one round. */
  readonly connects: number
  readonly atOnce: number
}

/** One line of the table. */
export type Line = {
  readonly operation: string
  readonly server: string
  readonly size: number
  readonly floorMs: number | null
  readonly cpuMs: number
  readonly ratio: number | null
  readonly goal: number | null
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly perSecond: number
  readonly loopP99Ms: number
  readonly loopMaxMs: number
}

type Runner = { readonly candidate: Candidate; readonly size: number; readonly paired: number; turn: number }

/**
 * One operation against the bare handshake and some servers, in turns, so that whatever else the machine does hits
 * all of them alike. Every second round runs backwards, so that nobody always follows the same neighbour.
 */
export async function compare(
  operation: Operation,
  bare: Candidate,
  servers: readonly Measured[],
  effort: Effort,
  profileTo: string | null,
): Promise<readonly Line[]> {
  const { step, name, goal } = operation
  const runners: Runner[] = [
    { candidate: bare, size: 0, paired: servers[0]?.filling.paired ?? 1, turn: 0 },
    ...servers.map((server) => {
      const { paired, pending } = server.filling
      return { candidate: server, size: name === "new request" ? pending : paired, paired, turn: 0 }
    }),
  ]
  const run = async (runner: Runner) => {
    const steps = Array.from({ length: effort.connects }, () => {
      runner.turn += 1
      return step(runner.candidate, runner.paired, runner.turn)
    })
    // Times its own steps only: what was late before them is not theirs.
    await usageOf(runner.candidate.child)
    return runRound(runner.candidate, steps, effort.atOnce)
  }
  for (const runner of runners) await run(runner)
  const results = new Map<Runner, Round[]>(runners.map((runner) => [runner, []]))
  for (let round = 1; round <= effort.rounds; round += 1) {
    for (const runner of round % 2 === 0 ? runners : [...runners].reverse()) {
      results.get(runner)?.push(await run(runner))
    }
  }
  if (profileTo !== null) {
    for (const { runner, file } of runners.slice(1).map((runner) => ({ runner, file: fileOf(runner, name) }))) {
      const { child } = runner.candidate
      if (child !== null) await profiled(child, `${profileTo}/${file}`, () => run(runner))
    }
  }
  const floorMs = median((results.get(runners[0] ?? never()) ?? []).map(cpuOfOne))
  return runners.slice(1).map((runner) => {
    const rounds = results.get(runner) ?? []
    const cpuMs = median(rounds.map(cpuOfOne))
    const facts = { operation: name, server: runner.candidate.name, size: runner.size }
    return { ...facts, floorMs, cpuMs, ratio: cpuMs / floorMs, goal, ...timesOf(rounds) }
  })
}

const fileOf = ({ candidate, size }: Runner, name: string) =>
  `${name.replaceAll(/\W+/g, "-")}-${candidate.name}-${size}.cpuprofile`

const cpuOfOne = ({ cpuMs, steps }: Round) => cpuMs / steps

/** How long single steps took the client over some rounds, and how late the server's event loop was meanwhile. */
export function timesOf(rounds: readonly Round[]) {
  const all = rounds.flatMap(({ tookMs }) => tookMs)
  return {
    p50: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    p99: percentile(all, 0.99),
    perSecond: median(rounds.map(({ steps, seconds }) => steps / seconds)),
    loopP99Ms: Math.max(...rounds.map(({ loopP99Ms }) => loopP99Ms)),
    loopMaxMs: Math.max(...rounds.map(({ loopMaxMs }) => loopMaxMs)),
  }
}

function never(): never {
  throw new Error("Nothing is measured without the bare server.")
}
