import type { Line } from "./compare"

/** A figure that is no multiple of the bare handshake, with what it should be. */
export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The most that it may be; null where it is told for comparison only. */
  readonly goal: number | null
}

const flatGoal = 1.15

const ms = (value: number) => (Number.isFinite(value) ? value.toFixed(value < 10 ? 2 : 0) : "-")

/** The lines of the table, each operation at each size. */
export function tableOf(lines: readonly Line[]): readonly string[] {
  const head = `${"operation".padEnd(19)}${"server".padEnd(12)}${"size".padStart(9)}`
  const columns = ["floor", "CPU ms", "ratio", "goal", "p50", "p95", "p99", "/s", "loop p99"]
  return [
    head + columns.map((name) => name.padStart(9)).join(""),
    ...lines.map((line) => {
      const { operation, server, size } = line
      const cells = [
        ...[line.floorMs === null ? "-" : ms(line.floorMs), ms(line.cpuMs)],
        ...[line.ratio?.toFixed(2) ?? "-", line.goal?.toFixed(1) ?? "-"],
        ...[ms(line.p50), ms(line.p95), ms(line.p99), ms(line.perSecond), ms(line.loopP99Ms)],
      ]
      const start = `${operation.padEnd(19)}${server.padEnd(12)}${String(size).padStart(9)}`
      return start + cells.map((cell) => cell.padStart(9)).join("")
    }),
  ]
}

/** How much dearer the dearest size is than the smallest, per operation and database. */
export function flatness(lines: readonly Line[]): readonly Figure[] {
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    const key = `${line.operation}, ${line.server}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups].flatMap(([name, group]) => {
    const smallest = group.reduce((one, other) => (other.size < one.size ? other : one))
    if (group.length < 2) return []
    const value = Math.max(...group.map(({ cpuMs }) => cpuMs / smallest.cpuMs))
    return [{ name: `${name}: CPU of the dearest size over ${smallest.size}`, value, unit: "x", goal: flatGoal }]
  })
}

/** Figures beside their goals. */
export function figureLines(figures: readonly Figure[]): readonly string[] {
  return figures.map(({ name, value, unit, goal }) => {
    const told = `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`
    const beside = goal === null ? "" : `at most ${goal} ${unit}`.padEnd(20) + (value <= goal ? "met" : "missed")
    return `${name.padEnd(62)}${told.padStart(12)}   ${beside}`.trimEnd()
  })
}

/** Whether everything that has a goal is within it. */
export function isReached(lines: readonly Line[], figures: readonly Figure[]): boolean {
  return (
    lines.every(({ ratio, goal }) => ratio === null || goal === null || ratio <= goal) &&
    figures.every(({ value, goal }) => goal === null || value <= goal)
  )
}
