import type { QueryKey } from "@tanstack/react-query"
import { queueKey, rowsKey } from "@/components/queue-renewal"
import type { Change } from "@/lib/console/types"

/** Which lists a change makes old, and which rows of the queue. */
export function keysOf(change: Change): readonly QueryKey[] {
  switch (change.kind) {
    case "request": {
      const ended = change.status === "pending" ? [] : [["requests", "ended"]]
      const own = [
        ["request", change.requestId],
        ["device", change.deviceId],
      ]
      return [rowsKey({ requestId: change.requestId }), ...ended, ...own, ["devices"], ["shell"], ["overview"]]
    }
    case "device":
      return [
        ...[["devices"], ["device", change.deviceId], ["request"], ["overview"]],
        // What takes rights back may undo an approval.
        ...(change.what === "rights" ? [["requests", "ended"]] : []),
        // That a device has tried again is told of its request too, and many try at once.
        ...(change.what === "attempt" ? [] : [rowsKey({ deviceId: change.deviceId })]),
      ]
    case "sessions-closed":
    case "session-disconnected":
      return [["device", change.deviceId]]
    case "policy":
      return [["policy"], ["settings"], queueKey, ["request"], ["shell"], ["overview"]]
    case "settings":
      return [["settings"], ["templates"]]
    case "upstream":
      return [["settings"], ["shell"]]
    case "admin-session":
      return [["me"], ["settings"], ["shell"]]
    case "presence":
      return [
        ["presence"],
        ["devices"],
        ["shell"],
        ["overview"],
        ...(change.deviceId === null ? [] : [["device", change.deviceId]]),
      ]
    case "audit":
      return [["audit"]]
    // It ends the stream instead of coming through it.
    case "missed":
      return []
  }
}

/** Changes that come in crowds: what they make old may wait a moment longer. */
export function isFrequent(change: Change): boolean {
  return change.kind === "presence" || (change.kind === "device" && change.what === "attempt")
}
