import { hasRole } from "./device"
import { withoutEnded } from "./ends"
import { covers, cutTo } from "./scopes"
import { findPresented } from "./tokens"
import type { DeviceRecord } from "./types"

/** Why an operator's token that came over HTTP, without a signature of its device, opens nothing. */
export type BearerRefusal = "not-good" | "missing-scope"

/**
 * Whether an operator's token opens what needs `needed`, or why not. The same token of a blocked device, of a
 * revoked or ended role, or past its replacement opens nothing, as in a connect; one within its grace opens what it and the
 * new one both hold.
 */
export function judgeBearer(
  record: DeviceRecord,
  { tokenId, needed, nowMs }: { readonly tokenId: string; readonly needed: string; readonly nowMs: number },
): BearerRefusal | null {
  const { device, blockedKeys } = withoutEnded(record, nowMs)
  const token = device?.tokens.operator
  if (device === null || token === undefined || !hasRole(device, "operator")) return "not-good"
  if (blockedKeys.includes(device.publicKey)) return "not-good"
  const presented = findPresented(token, tokenId, nowMs)
  if (presented === null) return "not-good"
  const held = presented.kind === "current" ? token.scopes : cutTo(token.scopes, presented.predecessor.scopes)
  return covers(held, [needed]) ? null : "missing-scope"
}
