import type { Warning } from "./request-types"

/** What a warning is known by among those of one request: what there is to mind, and the other device in it. */
export function warningKey(warning: Warning): string {
  return "deviceId" in warning ? `${warning.kind} ${warning.deviceId}` : warning.kind
}
