import type { Pending, Reject, RejectReason } from "@/lib/pairing/decision"
import { ceilingOf } from "@/lib/pairing/device"
import { explain } from "@/lib/pairing/explain"
import { expiresAtMs } from "@/lib/pairing/requests"
import type { DeviceRecord, PairingReason, Policy } from "@/lib/pairing/types"
import type { WireError } from "./frames"
import { deviceRequired, type Refusal, refusal, unauthorized } from "./refusals"

/** What a refusal says besides its decision. */
export type RefusalContext = {
  readonly record: DeviceRecord
  readonly policy: Policy
  /** Where the console is, if it is known. */
  readonly publicUrl: string | null
  /** What a person wants a rejected or blocked device to be told. */
  readonly toldReason: string | null
}

// Short enough that the close reason holds the id of the request uncut.
const requirements: Record<PairingReason, string> = {
  "not-paired": "device is not approved yet",
  "role-upgrade": "role upgrade needs approval",
  "scope-upgrade": "scope upgrade needs approval",
  "metadata-upgrade": "changed device needs approval",
}

/** The wire's answer to a decision that lets nobody in. */
export function refusalOf(decision: Pending | Reject, context: RefusalContext): Refusal {
  return decision.kind === "pending" ? pendingRefusal(decision, context) : rejectRefusal(decision, context)
}

function pendingRefusal(decision: Pending, { record, policy, publicUrl }: RefusalContext): Refusal {
  const { request, reason, missing, withheld } = decision
  const message = `pairing required: ${requirements[reason]}`
  // What was approved before is told to the holder of the same key only.
  const device = record.device?.publicKey === request.publicKey ? record.device : null
  const details = {
    code: "PAIRING_REQUIRED",
    reason,
    requestId: request.requestId,
    expiresAtMs: expiresAtMs(request, policy),
    remediationHint: explain(decision).sentence,
    deviceId: request.deviceId,
    requestedRole: decision.role,
    requestedScopes: decision.asked,
    missingScopes: missing,
    ...(withheld.length === 0 ? {} : { withheldScopes: withheld }),
    ...(device === null ? {} : { approvedRoles: device.roles, approvedScopes: ceilingOf(device, policy) }),
    ...(publicUrl === null ? {} : { reviewUrl: `${publicUrl.replace(/\/+$/, "")}/requests?id=${request.requestId}` }),
    recommendedNextStep: "wait_then_retry",
    retryable: true,
    pauseReconnect: false,
  }
  const error: WireError = { code: "NOT_PAIRED", message, details }
  return refusal(error, null, { reason: `${message} (requestId: ${request.requestId})` })
}

function rejectRefusal(decision: Reject, { record, toldReason }: RefusalContext): Refusal {
  switch (decision.reason) {
    case "rejected":
    case "blocked":
      return pausedRefusal(decision, decision.reason, { record, toldReason })
    case "device-required":
      return deviceRequired(false)
    case "invalid-role":
      return invalidAsk("invalid role", { code: "INVALID_ROLE" })
    case "invalid-scope":
      return invalidAsk("invalid scope", { code: "INVALID_SCOPE", scopes: decision.missing.slice(0, 8) })
    case "token-scope-mismatch":
      return unauthorized("scope_mismatch", { missing: decision.missing, counted: null })
    case "unauthorized":
      return unauthorized("token_mismatch")
    case "token-mismatch":
    case "token-revoked":
    case "device-not-paired":
      return unauthorized("device_token_mismatch")
  }
}

const paused: Record<Extract<RejectReason, "rejected" | "blocked">, string> = {
  rejected: "the request was rejected",
  blocked: "the device is blocked",
}

function pausedRefusal(
  decision: Reject,
  reason: keyof typeof paused,
  { record, toldReason }: Pick<RefusalContext, "record" | "toldReason">,
): Refusal {
  const close = `pairing required: ${paused[reason]}`
  // The tool prints the message, and nothing else that a person would read.
  const message = toldReason === null ? close : `${close}: ${toldReason}`
  const details = {
    code: "PAIRING_REQUIRED",
    reason,
    remediationHint: explain(decision).sentence,
    ...(toldReason === null ? {} : { toldReason }),
    ...(record.device === null ? {} : { deviceId: record.device.deviceId }),
    requestedRole: decision.role,
    requestedScopes: decision.asked,
    retryable: false,
    pauseReconnect: true,
  }
  return refusal({ code: "NOT_PAIRED", message, details }, null, { reason: close })
}

function invalidAsk(message: string, details: { code: string; scopes?: readonly string[] }): Refusal {
  return refusal({ code: "INVALID_REQUEST", message, details }, details.code.toLowerCase().replace("_", "-"))
}
