import { seedPolicy } from "@/lib/pairing/policy"
import { policyChanges, policyOptions } from "@/lib/pairing/policy-changes"
import { type PolicyProblem, policyProblems } from "@/lib/pairing/policy-check"
import { oldestLiveTryMs } from "@/lib/pairing/requests"
import type { Policy } from "@/lib/pairing/types"
import { type Actor, actorId } from "./actor"
import { recordAudit } from "./audit"
import type { AuditSide } from "./audit-actions"
import { loadRecord } from "./load-record"
import { parsePolicy } from "./policy-document"
import { recordExpiredRequests } from "./record-expired-requests"
import { recordExpired } from "./request-ends"
import type { Store } from "./store"
import { inTransaction, lock, type Tx } from "./transaction"

export type PolicyRefused =
  | { readonly ok: false; readonly because: "nothing-to-change" }
  /** Another version is in force than the one that was changed. */
  | { readonly ok: false; readonly because: "already-resolved"; readonly version: number }
  | { readonly ok: false; readonly because: "invalid-policy"; readonly problems: readonly PolicyProblem[] }

/**
 * Puts a policy in force as a new version, with a note that says why. Nothing but later decisions changes by it: what
 * is over under the old time limit is recorded as expired, so that a longer one brings nothing back (R15). Refuses when it cannot be meant, changes nothing, or was made from another version than the one in force.
 */
export async function changePolicy(
  store: Store,
  input: {
    readonly policy: Policy
    /** The version that the author saw. */
    readonly version: number
    readonly note: string
    readonly actor: Actor
    readonly nowMs: number
  },
): Promise<{ readonly ok: true; readonly version: number } | PolicyRefused> {
  const { policy, actor, nowMs, note } = input
  const problems = policyProblems(policy)
  if (problems.length > 0) return { ok: false, because: "invalid-policy", problems }

  if (await isLonger(store, input)) await recordAllExpired(store, nowMs)
  const result = await inTransaction(store, async (tx): Promise<{ ok: true; version: number } | PolicyRefused> => {
    await lock(tx, "policy")
    const latest = await tx.db.policyVersion.findFirst({ orderBy: { version: "desc" } })
    const inForce = { version: latest?.version ?? 0, policy: latest ? parsePolicy(latest.document) : seedPolicy }
    if (inForce.version !== input.version) return { ok: false, because: "already-resolved", version: inForce.version }
    const changed = policyChanges(inForce.policy, policy).map((change) => change.option)
    if (changed.length === 0) return { ok: false, because: "nothing-to-change" }

    if (policy.pendingTtlMs > inForce.policy.pendingTtlMs) await endOverdue(tx, inForce.policy, nowMs)
    const version = inForce.version + 1
    const document = JSON.stringify(policy, [...policyOptions, "enabled", "scopes"])
    const row = { version, document, atMs: nowMs, byId: actorId(actor), byName: actor.name, note }
    await tx.db.policyVersion.create({ data: row, select: { version: true } })
    await recordAudit(tx, {
      ...{ action: "policy.changed", actor, atMs: nowMs, subject: `version ${version}`, note },
      before: sideOf(inForce.policy, changed),
      after: sideOf(policy, changed),
    })
    tx.announce({ kind: "policy", version })
    return { ok: true, version }
  })
  if (result.ok) store.forgetPolicy()
  return result
}

async function isLonger(store: Store, { policy, version }: { policy: Policy; version: number }): Promise<boolean> {
  const inForce = await store.policy()
  return inForce.version === version && policy.pendingTtlMs > inForce.written.pendingTtlMs
}

/** Device by device, before the one transaction: thousands may be over, and it must not hold up everything for them. */
async function recordAllExpired(store: Store, nowMs: number): Promise<void> {
  let devices = 0
  do devices = await recordExpiredRequests(store, nowMs)
  while (devices > 0)
}

/** Ends what is over and not recorded yet, where no command on its device runs beside. */
async function endOverdue(tx: Tx, inForce: Policy, nowMs: number): Promise<void> {
  const overdue = { status: "pending", triedAtMs: { lt: oldestLiveTryMs(inForce, nowMs) } }
  const rows = await tx.db.request.findMany({ where: overdue, select: { deviceId: true }, distinct: ["deviceId"] })
  for (const { deviceId } of rows) {
    await lock(tx, `device:${deviceId}`)
    await recordExpired(tx, await loadRecord(tx, deviceId, nowMs), inForce, nowMs)
  }
}

/** Some options of a policy as one side of an audit entry; the proxy's cap stands there when it is on. */
function sideOf(policy: Policy, options: readonly (keyof Policy)[]): AuditSide {
  const { trustedProxyUpgrade, ...plain } = policy
  const flat = { ...plain, trustedProxyUpgrade: trustedProxyUpgrade.enabled ? trustedProxyUpgrade.scopes : "off" }
  return Object.fromEntries(options.map((option) => [option, flat[option]]))
}
