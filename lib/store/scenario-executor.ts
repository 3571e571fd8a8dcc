import { consoleAuthority } from "@/lib/pairing/authority"
import { seedPolicy } from "@/lib/pairing/policy"
import { oldestLiveTryMs } from "@/lib/pairing/requests"
import {
  type Answer,
  type Caller,
  type Executor,
  emptyMetadata,
  recordBefore,
  type Scenario,
  type Step,
} from "@/lib/pairing/testing/scenario"
import type { DeviceRecord, Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { approveRequest } from "./approve-request"
import { changePolicy } from "./change-policy"
import { type ConnectInput, connectDevice } from "./connect-device"
import { loadRecord, readRecord } from "./load-record"
import { saveBy } from "./on-device"
import { rejectRequest } from "./reject-request"
import { removeDevice } from "./remove-device"
import { revokeToken } from "./revoke-token"
import { rotateToken } from "./rotate-token"
import { toRequest, toRole } from "./rows"
import { saveRecord } from "./save-record"
import type { Store } from "./store"
import { inDeviceTransaction, inTransaction } from "./transaction"

const admin: Commander = { kind: "admin", id: "scenario", name: "Scenario", authority: consoleAuthority }

/** Carries out the steps of a scenario by the store's commands, on a store that it empties first. */
export async function storeExecutor(store: Store, scenario: Scenario): Promise<Executor> {
  await empty(store)
  const overrides = scenario.policy ?? {}
  if (Object.keys(overrides).length > 0) {
    const policy = { ...seedPolicy, ...overrides }
    const changed = await changePolicy(store, { policy, version: 0, note: scenario.id, actor: admin, nowMs: 0 })
    if (!changed.ok) throw new Error(`The policy of ${scenario.id} was refused: ${changed.because}`)
  }
  const before = recordBefore(scenario)
  await begin(store, before)
  let nowMs = 0

  return {
    async step(step) {
      nowMs = step.at
      return step.op === "connect" ? connect(store, step, before) : command(store, step)
    },
    record: (deviceId) => readRecord(store, { deviceId, pendingTtlMs: Number.MAX_SAFE_INTEGER, nowMs }),
    async pending() {
      const { policy } = await store.policy()
      const live = { status: "pending", triedAtMs: { gte: oldestLiveTryMs(policy, nowMs) } }
      return (await store.db.request.findMany({ where: live })).map(toRequest)
    },
  }
}

async function empty(store: Store): Promise<void> {
  await inTransaction(store, async ({ db }) => {
    await db.device.deleteMany()
    await db.request.deleteMany()
    await db.block.deleteMany()
    await db.policyVersion.deleteMany()
  })
  store.forgetPolicy()
}

/** Writes the record that a scenario begins with. */
async function begin(store: Store, before: DeviceRecord): Promise<void> {
  const deviceId = before.device?.deviceId ?? before.requests[0]?.deviceId
  if (deviceId === undefined) return
  await inDeviceTransaction(store, deviceId, async (tx) => {
    const filing = { address: "", circumstances: "{}", metadata: emptyMetadata }
    const save = saveBy(admin, { deviceId, nowMs: 0 }, { issuedHow: "import", filing })
    await saveRecord(tx, await loadRecord(tx, deviceId, 0), before, save)
  })
}

async function connect(store: Store, step: Step, before: DeviceRecord): Promise<Answer> {
  const { deviceId, publicKey, net } = step
  const answer = await connectDevice(store, {
    identity: deviceId === undefined || publicKey === undefined ? null : { deviceId, publicKey },
    role: step.role ?? null,
    scopes: step.scopes ?? [],
    auth: await presented(store, step, before),
    net: {
      peerAddress: net?.remoteAddr ?? "",
      host: net?.host ?? null,
      origin: net?.origin ?? null,
      headers: net?.headers ?? {},
      trustedProxies: net?.trustedProxies ?? [],
      isControlUi: false,
    },
    metadata: emptyMetadata,
    upstream: false,
    nowMs: step.at,
  })
  if (!answer.ok) return { outcome: answer.because }
  const { decision } = answer
  return {
    outcome: decision.kind,
    reason: decision.reason,
    local: decision.locality.local,
    granted: "granted" in decision ? decision.granted : undefined,
    requestId: decision.kind === "pending" ? decision.request.requestId : undefined,
  }
}

/** The secret that the device of a scenario would present: of its live token, of the one it began with, or another. */
async function presented(store: Store, step: Step, before: DeviceRecord): Promise<ConnectInput["auth"]> {
  const kind = step.auth?.kind ?? "token"
  if (kind !== "device-token") return { kind }
  const { deviceId = "" } = step
  const role = toRole(step.role ?? "operator")
  const { device } = await readRecord(store, { deviceId, pendingTtlMs: 0, nowMs: step.at })
  const tokenId = device?.tokens[role]?.tokenId ?? before.device?.tokens[role]?.tokenId
  const isStale = step.auth?.presents === "stale" || tokenId === undefined
  return { kind, secret: store.keys.deriveToken(isStale ? store.keys.newTokenId() : tokenId, deviceId, role) }
}

async function command(store: Store, step: Step): Promise<Answer> {
  const { requestId = "", deviceId = "", at: nowMs } = step
  const actor = actorOf(step.approver ?? step.caller)
  switch (step.op) {
    case "approve": {
      const from = actor.authority.deviceId === null ? "console" : "wire"
      return answerOf(await approveRequest(store, { requestId, from, grant: step.grant, actor, nowMs }))
    }
    case "reject":
      return answerOf(await rejectRequest(store, { requestId, actor, nowMs }))
    case "rotate": {
      const mode = { kind: "at-once" } as const
      const input = { deviceId, role: toRole(step.role), mode, rememberNarrowing: false, actor, nowMs }
      return answerOf(await rotateToken(store, { ...input, scopes: step.scopes }))
    }
    case "revoke":
      return answerOf(await revokeToken(store, { deviceId, role: toRole(step.role), actor, nowMs }))
    case "remove":
      return answerOf(await removeDevice(store, { deviceId, actor, nowMs }))
    case "connect":
      throw new Error("A connect is no command.")
  }
}

function actorOf(caller: Caller | undefined): Commander {
  if (caller === undefined) return admin
  const deviceId = caller.deviceId ?? null
  // Scenarios name the caller's authority outright; there is no session behind it.
  return { kind: "wire", name: "scenario", deviceId, authority: { scopes: caller.scopes, deviceId }, standing: null }
}

// On the wire, a request that was resolved is one that is not there.
function answerOf(result: { readonly ok: true } | Refused): Answer {
  if (result.ok) return { outcome: "ok" }
  const isUnknown = result.because === "not-found" || result.because === "already-resolved"
  return isUnknown ? { outcome: "not-found" } : { outcome: "denied", reason: result.because }
}
