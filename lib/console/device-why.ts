import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { allCurrentScopes, ceilingOf } from "@/lib/pairing/device"
import { scopeMeant } from "@/lib/pairing/method-scopes"
import { rightsAt, type WhyAnswer, whyCan } from "@/lib/pairing/why"
import { currentStore } from "@/lib/store/instance"
import { readRecord } from "@/lib/store/load-record"
import { readScopeChanges } from "./device-history"
import type { WhyView } from "./why-types"

/**
 * Why a device can, or cannot, use a scope or call a method; now, or at an earlier instant as far as its history is
 * kept. Anything that is neither a scope of its own nor an operator's is taken for a method.
 */
export async function loadWhy(deviceId: string, about: string, atMs: number | null): Promise<WhyView> {
  await requireAdmin("devices.see")
  const store = currentStore()
  const nowMs = currentStore().now()
  const { policy } = await store.policy()
  const [{ device, blockedKeys }, { changes, isWhole }] = await Promise.all([
    readRecord(store, { deviceId, pendingTtlMs: policy.pendingTtlMs, nowMs }),
    readScopeChanges(store, deviceId),
  ])
  const now = {
    approved: device === null ? [] : ceilingOf(device, policy),
    inToken: device === null ? [] : allCurrentScopes(device),
    withheld: device?.withheld ?? [],
  }
  const scope = scopeMeant(about, [...now.approved, ...now.withheld, ...changes.map((change) => change.scope)])
  const answered = (answer: WhyAnswer): WhyView => ({ about, scope: scope ?? null, atMs, answer, isBefore: false })
  if (scope === undefined) return answered({ kind: "unknown-method" })
  if (scope === null) return answered({ kind: "needs-nothing" })
  if (atMs === null || atMs >= nowMs) {
    const isBlocked = device !== null && blockedKeys.includes(device.publicKey)
    return answered(whyCan(scope, now, changes, { isPaired: device !== null, isBlocked }))
  }
  const until = changes.filter((change) => change.atMs <= atMs)
  const first = changes[0]?.atMs ?? nowMs
  return { ...answered(whyCan(scope, rightsAt(now, changes, atMs), until, null)), isBefore: !isWhole && atMs < first }
}
