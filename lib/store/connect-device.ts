import { randomUUID } from "node:crypto"
import { decideConnect } from "@/lib/pairing/decide-connect"
import type { Decision } from "@/lib/pairing/decision"
import type { ConnectFacts } from "@/lib/pairing/facts"
import type { DeviceRecord, Policy } from "@/lib/pairing/types"
import { recordAudit } from "./audit"
import { addressOf, type ConnectInput, toFacts } from "./connect-facts"
import { keepDecision } from "./keep-decision"
import { loadRecord, readRecord } from "./load-record"
import { observeConnect } from "./observe-connect"
import { withObserved } from "./observed-metadata"
import { type Overloaded, pendingLimits } from "./pending-caps"
import { recordOver } from "./record-ended"
import type { Store } from "./store"
import { toldReasonOf } from "./told-reason"
import { inDeviceTransaction, inTransaction } from "./transaction"

export type { ConnectInput } from "./connect-facts"
export type PresentedAuth = ConnectInput["auth"]

/** The answer to a connect, with what the wire tells the device. */
export type ConnectAnswer = {
  readonly ok: true
  readonly decision: Decision
  /** The record after the decision. */
  readonly record: DeviceRecord
  /** The live token of the asked role, to hand over; null when the connect was not let in or has no device. */
  readonly token: { readonly tokenId: string; readonly secret: string; readonly issuedAtMs: number } | null
  /** What a person wants a rejected or blocked device to be told; null for every other answer. */
  readonly toldReason: string | null
}

type Drawn = { readonly facts: ConnectFacts; readonly decision: Decision; readonly record: DeviceRecord }

const nobody: DeviceRecord = { device: null, requests: [], holds: [], blockedKeys: [] }

/**
 * Decides one connect and keeps what follows from it. A connect that changes nothing writes nothing in line; any
 * other one is decided again inside the device's transaction, where the record cannot change any more, and written
 * there with its audit entry.
 */
export async function connectDevice(store: Store, input: ConnectInput): Promise<ConnectAnswer | Overloaded> {
  return decideAndKeep(store, input, () => true)
}

/**
 * Asks as a connect would, for a device that is connected already. Keeps what has to wait for a person, and nothing
 * of what would be let in: no token goes out in this answer, so none counts as delivered or used.
 */
export async function askForMore(store: Store, input: ConnectInput): Promise<ConnectAnswer | Overloaded> {
  return decideAndKeep(store, input, ({ kind }) => kind === "pending" || kind === "reject")
}

type IsKept = (decision: Decision) => boolean

async function decideAndKeep(store: Store, input: ConnectInput, isKept: IsKept): Promise<ConnectAnswer | Overloaded> {
  const { policy } = await store.policy()
  const { identity, nowMs } = input
  const decide = drawUp(store, input, policy)
  if (identity === null) return connectWithoutDevice(store, input, decide(nobody))

  const { deviceId } = identity
  const first = decide(await readRecord(store, { deviceId, pendingTtlMs: policy.pendingTtlMs, nowMs }))
  const settled =
    changes(first) && isKept(first.decision) ? await settle(store, input, policy, { decide, isKept }) : first
  if ("because" in settled) return settled
  const { decision } = settled
  if (!isKept(decision))
    return {
      ok: true,
      decision,
      record: settled.record,
      token: null,
      toldReason: await toldReasonOf(store, input, decision),
    }
  observeConnect(store, settled, input.auth)
  return {
    ok: true,
    decision,
    record: nextOf(settled),
    token: tokenOf(store, settled),
    toldReason: await toldReasonOf(store, input, decision),
  }
}

/** The decision on a record, always with the same fresh ids, so that deciding again files the same request. */
function drawUp(store: Store, input: ConnectInput, policy: Policy): (record: DeviceRecord) => Drawn {
  const fresh = { requestId: randomUUID(), tokenId: store.keys.newTokenId() }
  return (record) => {
    const facts = toFacts(input, record, store.keys, fresh)
    const decided = decideConnect(facts, record, policy)
    const decision = decided.kind === "allow" ? { ...decided, next: withObserved(decided.next, facts) } : decided
    return { facts, decision, record }
  }
}

function nextOf({ decision, record }: Drawn): DeviceRecord {
  return decision.kind === "reject" ? record : decision.next
}

function changes(drawn: Drawn): boolean {
  return nextOf(drawn) !== drawn.record
}

async function settle(
  store: Store,
  input: ConnectInput,
  policy: Policy,
  { decide, isKept }: { readonly decide: (record: DeviceRecord) => Drawn; readonly isKept: IsKept },
): Promise<Drawn | Overloaded> {
  const { identity, nowMs } = input
  if (identity === null) throw new Error("Only a connect with a device changes a record.")
  // Read before the transaction: a transaction that waits for a second connection can starve the pool.
  const limits = await pendingLimits(store, policy)
  return inDeviceTransaction(store, identity.deviceId, async (tx) => {
    const loaded = await loadRecord(tx, identity.deviceId, nowMs)
    const drawn = decide(await recordOver(tx, loaded, policy, nowMs))
    if (!changes(drawn) || !isKept(drawn.decision)) return drawn
    const kept = await keepDecision(tx, drawn, limits)
    return "because" in kept ? kept : { ...drawn, decision: kept }
  })
}

function tokenOf({ keys }: Store, drawn: Drawn): ConnectAnswer["token"] {
  const { decision } = drawn
  if (decision.kind !== "allow" && decision.kind !== "silent-approve") return null
  const { device } = decision.next
  const token = device?.tokens[decision.role]
  if (device === null || token === undefined) return null
  const { tokenId, issuedAtMs } = token
  return { tokenId, issuedAtMs, secret: keys.deriveToken(tokenId, device.deviceId, decision.role) }
}

/** A connect without a device leaves no record; where the machine's own tool is let in, the audit log says so. */
async function connectWithoutDevice(store: Store, input: ConnectInput, drawn: Drawn): Promise<ConnectAnswer> {
  const { facts, decision, record } = drawn
  if (decision.kind === "allow") {
    const { asked, granted, locality } = decision
    await inTransaction(store, (tx) =>
      recordAudit(tx, {
        action: "connect.local-command-line",
        actor: { kind: "system", name: "local command line" },
        atMs: input.nowMs,
        after: { scopes: granted, asked, address: addressOf(locality, facts.net), local: locality.local },
      }),
    )
  } else observeConnect(store, drawn, input.auth)
  return { ok: true, decision, record, token: null, toldReason: null }
}
