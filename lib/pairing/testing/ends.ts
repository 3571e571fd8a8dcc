import { type ApproveInput, approve } from "../approve"
import { consoleAuthority } from "../authority"
import { decideConnect } from "../decide-connect"
import type { DeviceRecord, Role, Scopes } from "../types"
import { facts, policy, record } from "./facts"

/** Until when what is approved in these tests lasts. */
export const endMs = 50_000

/** A device that asked, and waits. */
export function waiting(scopes: Scopes, from: DeviceRecord, role: Role = "operator"): DeviceRecord {
  const asked = facts({ scopes, role, nowMs: 20_000 })
  const decision = decideConnect(asked, from, policy())
  if (decision.kind !== "pending") throw new Error(`It is ${decision.kind}.`)
  return decision.next
}

/** Its request approved, until then. */
export function approved(from: DeviceRecord, over: Partial<ApproveInput> = {}): DeviceRecord {
  const by = { authority: consoleAuthority, from: "console", policy: policy(), nowMs: 21_000 } as const
  const requestId = from.requests[0]?.requestId ?? "none"
  const result = approve(from, { requestId, untilMs: endMs, freshTokenId: "token-2", ...by, ...over })
  if (!result.ok) throw new Error(result.because)
  return result.next
}

/** Nothing known yet. */
export const nobody: DeviceRecord = { device: null, requests: [], holds: [], blockedKeys: [] }
/** Read for good, admin until the end. */
export const boxed = approved(waiting(["operator.read", "operator.admin"], record()))
/** A device that was let in for a time, with all that it has. */
export const visitor = approved(waiting(["operator.read"], nobody))
/** A node that was let in for a time. */
export const node = approved(waiting([], nobody, "node"))
