import type { ScopeHistory, Span } from "./device-history-types"

/** The part of a history that is looked at. */
export type HistoryWindow = { readonly fromMs: number; readonly untilMs: number }

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Closer than this there is nothing more to tell apart. */
const shortestMs = 60_000

/** The stretches of time that have a button, by their word in the URL. */
export const historySpans = { "24h": dayMs, "7d": 7 * dayMs, "30d": 30 * dayMs } as const

export type HistorySpan = keyof typeof historySpans | "all"

/** Reads the part to look at from the words of a URL; whatever cannot be read is all of it. */
export function parseHistoryWindow(
  text: string | null,
  whole: HistoryWindow,
): HistoryWindow & { span: HistorySpan | null } {
  for (const span of ["24h", "7d", "30d"] as const) {
    if (text === span) return { fromMs: whole.untilMs - historySpans[span], untilMs: whole.untilMs, span }
  }
  const [, from, until] = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? "") ?? []
  const given = { fromMs: Number(from), untilMs: Number(until) }
  if (given.untilMs - given.fromMs >= shortestMs) return { ...within(given, whole), span: null }
  return { ...whole, span: "all" }
}

/** A stretch of time as it stands in a URL; null for all of it. */
export function formatHistoryWindow(part: HistoryWindow, whole: HistoryWindow): string | null {
  const isAll = part.fromMs <= whole.fromMs && part.untilMs >= whole.untilMs
  return isAll ? null : `${Math.round(part.fromMs)}-${Math.round(part.untilMs)}`
}

/** So near to the whole is the whole: it grows while one looks. */
const nearlyAll = 0.98

/** Closer to the middle of what is looked at (a factor below 1), or further away from it; never beyond the whole. */
export function zoomed(part: HistoryWindow, factor: number, whole: HistoryWindow): HistoryWindow {
  const middle = (part.fromMs + part.untilMs) / 2
  const half = Math.max((part.untilMs - part.fromMs) * factor, shortestMs) / 2
  if (factor > 1 && half * 2 >= (whole.untilMs - whole.fromMs) * nearlyAll) return whole
  return within({ fromMs: middle - half, untilMs: middle + half }, whole)
}

function within(part: HistoryWindow, whole: HistoryWindow): HistoryWindow {
  const lengthMs = Math.min(part.untilMs - part.fromMs, Math.max(whole.untilMs - whole.fromMs, shortestMs))
  const fromMs = Math.max(whole.fromMs, Math.min(part.fromMs, whole.untilMs - lengthMs))
  return { fromMs, untilMs: Math.min(whole.untilMs, fromMs + lengthMs) }
}

/** What of a history lies in a part of it: lanes keep their place, with the spans that reach into it and its marks. */
export function historyWithin(history: ScopeHistory, { fromMs, untilMs }: HistoryWindow): ScopeHistory {
  const isIn = ({ atMs }: { readonly atMs: number }) => atMs >= fromMs && atMs <= untilMs
  const reaches = (span: Span) => span.fromMs <= untilMs && (span.untilMs ?? Number.POSITIVE_INFINITY) >= fromMs
  return {
    ...history,
    fromMs,
    lanes: history.lanes.map((lane) => ({
      ...lane,
      approved: lane.approved.filter(reaches),
      inToken: lane.inToken.filter(reaches),
      marks: lane.marks.filter(isIn),
    })),
    turns: history.turns.filter(isIn),
  }
}
