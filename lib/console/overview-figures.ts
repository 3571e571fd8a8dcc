import { oldestLiveTryMs } from "@/lib/pairing/requests"
import { currentSettings } from "@/lib/store/settings"
import type { Store } from "@/lib/store/store"
import { readActors, readDays, readTiming, startOfPeriod } from "./overview-decisions"
import { readDevices, readPending, readRotations } from "./overview-devices"
import type { Overview, OverviewPeriod } from "./overview-types"

/** Rotations that the page shows unless all are asked for. */
const fewRotations = 10

export type OverviewQuestion = { readonly period: OverviewPeriod; readonly allRotations: boolean }

/** Every number of the overview, each one counted as the list that it leads to counts. */
export async function readOverview(
  store: Store,
  { period, allRotations }: OverviewQuestion,
  nowMs: number,
): Promise<Overview> {
  const fromMs = startOfPeriod(period, nowMs)
  const { policy } = await store.policy()
  const { requestDays } = await currentSettings(store)
  const [decisions, actors, timing, pending, devices, rotations, ever] = await Promise.all([
    readDays(store, period, nowMs),
    readActors(store, fromMs),
    readTiming(store, fromMs),
    readPending(store, oldestLiveTryMs(policy, nowMs)),
    readDevices(store, nowMs),
    readRotations(store, allRotations ? Number.POSITIVE_INFINITY : fewRotations, nowMs),
    store.db.decisionCount.findFirst({ select: { day: true } }),
  ])
  return {
    ...{ nowMs, period, fromMs, pending, timing, devices, rotations },
    ...decisions,
    ...actors,
    isEmpty: devices.total === 0 && pending.total === 0 && ever === null,
    requestsKeptDays: requestDays < period ? requestDays : null,
  }
}
