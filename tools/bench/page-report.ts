import { median } from "./measure"

type Unit = "ms" | "KB"

/** One thing that was measured, some times over, and what it should be at most. */
export type PageFigure = {
  readonly name: string
  readonly unit: Unit
  /** Null where the figure is only for comparison. */
  readonly goal: number | null
  readonly runs: readonly number[]
  /** What the gateway's own page needs for the same, where that is known. */
  readonly incumbent?: string
}

/**
 * The same on the pairing page of OpenClaw 2026.9.6's own control UI, measured over loopback with its cache empty and
 * brotli. Where it depends on the fleet, with 1 030 devices.
 */
export const incumbent = {
  script: "1 391 KB in 55 files",
  listVisible: "5 700 ms (3 400 with 7 devices)",
  search: "no search",
  newRequest: "1 300 ms, by a refetch of the list",
  decision: "5 000 ms",
  bytesOfDecision: "1 200 KB (list fetched twice)",
  bytesOfEvent: "601 KB",
} as const

export type PageSizes = { readonly devices: number; readonly audit: number; readonly pending: number }

/** The sizes that a command line asks for. Throws on one that is no count. */
export function parseSizes(values: Readonly<Record<keyof PageSizes, string>>): PageSizes {
  const count = (name: keyof PageSizes) => {
    const size = Number(values[name])
    if (!Number.isSafeInteger(size) || size < 1) throw new RangeError(`--${name} takes a count, not "${values[name]}"`)
    return size
  }
  return { devices: count("devices"), audit: count("audit"), pending: count("pending") }
}

export type Verdict = "met" | "missed" | "-" | "not measured"

/** Whether the median of a figure is within its goal. */
export function verdictOf({ goal, runs }: Pick<PageFigure, "goal" | "runs">): Verdict {
  if (runs.length === 0) return "not measured"
  if (goal === null) return "-"
  return median(runs) <= goal ? "met" : "missed"
}

function amount(value: number, unit: Unit): string {
  const digits = unit === "KB" && value < 100 ? 1 : 0
  return `${value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/, " ")} ${unit}`
}

/** The figures as the lines of a table: median, goal, verdict, and the same on the incumbent's page. */
export function tableOf(figures: readonly PageFigure[]): readonly string[] {
  const cells = figures.map((figure) => [
    figure.name,
    figure.runs.length === 0 ? "" : amount(median(figure.runs), figure.unit),
    figure.goal === null ? "" : `at most ${amount(figure.goal, figure.unit)}`,
    verdictOf(figure),
    figure.incumbent ?? "",
  ])
  const rows = [["measured in the browser", "median", "goal", "", "OpenClaw's own page"], ...cells]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  )
}
