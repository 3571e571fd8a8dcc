import { endBreakSentences } from "./check-chain-end"
import { deleteOldRows } from "./delete-old-rows"
import { deleteKeptChanges } from "./kept-changes"
import { recordEndedGrants } from "./record-ended-grants"
import { recordExpiredRequests } from "./record-expired-requests"
import { sealAudit } from "./seal-audit"
import type { Store } from "./store"

const flushEveryMs = 1_000
const expireEveryMs = 5_000
const endEveryMs = 500
const deleteEveryMs = 3_600_000
const forgetEveryMs = 60_000

/**
 * Starts the recurring work of a store: flushing what was collected, sealing the audit log, recording expired
 * requests and ended grants, deleting old rows, telling other processes who is connected here. Returns how to end it,
 * which flushes and seals once more. Left to another process, only this one's own collection is written, at the end.
 */
export function startChores(store: Store, chores: "run" | "leave"): () => Promise<void> {
  const seal = createSealer(store)
  const stops =
    chores === "leave"
      ? []
      : [
          repeat(flushEveryMs, "writing what was seen", () => store.observed.flush()),
          repeat(flushEveryMs, "telling the other processes who is connected here", () => store.processes.beat()),
          repeat(flushEveryMs / 2, "sealing the audit log", seal),
          repeat(expireEveryMs, "recording expired requests", () => recordExpiredRequests(store, store.now())),
          repeat(endEveryMs, "ending what was granted for a time", () => recordEndedGrants(store, store.now())),
          repeat(deleteEveryMs, "deleting old rows", () => deleteOldRows(store, store.now())),
          repeat(forgetEveryMs, "deleting what every process has heard", () => deleteKeptChanges(store)),
        ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
    await attempt("writing what was seen", () => store.observed.flush())
    if (chores === "leave") return
    await attempt("sealing the audit log", seal)
    await attempt("taking leave of the other processes", () => store.processes.leave())
  }
}

/** Seals the audit log, and says once when that must not go on, and why. */
function createSealer(store: Store): () => Promise<void> {
  let told: string | null = null
  return async () => {
    const sealing = await sealAudit(store, store.now())
    const because = sealing.ok ? null : sealing.because
    if (because !== null && because !== told)
      console.error(
        `The audit log is no longer sealed: ${endBreakSentences[because]}. Somebody may have changed it: keep a copy of the database, and see what \`npm run audit:verify\` says.`,
      )
    told = because
  }
}

/** Does work again and again with a pause between the end of one and the beginning of the next. */
function repeat(pauseMs: number, what: string, work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  const next = () => {
    timer = setTimeout(() => {
      running = attempt(what, work).then(() => {
        if (timer !== null) next()
      })
    }, pauseMs)
    timer.unref()
  }
  next()
  return () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    return running
  }
}

// The next round tries again, so a failure is told and nothing more.
async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    console.error(`Failed at ${what}:`, error)
  }
}
