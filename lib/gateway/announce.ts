import type { Change } from "@/lib/store/hub"
import type { RequestStatus } from "@/lib/store/request-status"
import type { Store } from "@/lib/store/store"
import type { Sessions } from "./sessions"
import { loadPendingRow } from "./wire-rows"

// How many announced requests are remembered, so that a retry of the same request is not announced again.
const maxRemembered = 20_000

type Audience = Pick<Sessions, "hasWatchers" | "tellWatchers">

type Telling = Extract<Change, { kind: "request" | "device" }>

function isTelling(change: Change): change is Telling {
  return change.kind === "request" || (change.kind === "device" && change.what !== "attempt")
}

/** Tells watchers, in the order of the changes, what became of requests and devices. */
export function announce(store: Store, audience: Audience): (changes: readonly Change[]) => void {
  const announced = new Set<string>()
  let last = Promise.resolve()

  async function tell(change: Telling) {
    if (change.kind === "device") return audience.tellWatchers(change.deviceId, "device.pair.changed", {})
    const { requestId, deviceId, status } = change
    if (status === "pending") return await tellRequested(requestId)
    announced.delete(requestId)
    const payload = { requestId, deviceId, decision: decisions[status], ts: store.now() }
    audience.tellWatchers(deviceId, "device.pair.resolved", payload)
  }

  async function tellRequested(requestId: string) {
    if (announced.has(requestId)) return
    announced.add(requestId)
    const oldest = announced.values().next()
    if (announced.size > maxRemembered && !oldest.done) announced.delete(oldest.value)
    const row = await loadPendingRow(store, requestId)
    if (row !== null) audience.tellWatchers(row.deviceId, "device.pair.requested", row)
  }

  return (changes) => {
    const telling = changes.filter(isTelling)
    if (telling.length === 0 || !audience.hasWatchers()) return
    last = last.then(async () => {
      for (const change of telling) await tell(change)
    })
    last = last.catch((error: unknown) => console.error("An event could not be sent:", error))
  }
}

const decisions: Record<Exclude<RequestStatus, "pending">, "approved" | "rejected"> = {
  approved: "approved",
  covered: "approved",
  rejected: "rejected",
  superseded: "rejected",
  expired: "rejected",
  dropped: "rejected",
}
