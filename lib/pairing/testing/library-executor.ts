import { approve } from "../approve"
import { consoleAuthority } from "../authority"
import { decideConnect } from "../decide-connect"
import type { AuthFacts } from "../facts"
import { reject } from "../reject"
import { remove } from "../remove"
import { withoutExpired } from "../requests"
import { revoke } from "../revoke"
import { rotate } from "../rotate"
import type { Authority, DeviceRecord, Policy, Refused, Role } from "../types"
import { type Answer, type Caller, type Executor, emptyMetadata, type Step } from "./scenario"

const emptyRecord: DeviceRecord = { device: null, requests: [], holds: [], blockedKeys: [] }

/** Carries out steps by the library alone, on records in memory. */
export function libraryExecutor(before: DeviceRecord, policy: Policy): Executor {
  const records = new Map<string, DeviceRecord>()
  const firstId = before.device?.deviceId ?? before.requests[0]?.deviceId
  if (firstId !== undefined) records.set(firstId, before)
  let ids = 0
  let nowMs = 0

  const recordOf = (deviceId: string) => records.get(deviceId) ?? emptyRecord
  const commit = (deviceId: string, result: { readonly ok: true; readonly next: DeviceRecord } | Refused): Answer => {
    if (!result.ok) return refusal(result)
    records.set(deviceId, result.next)
    return { outcome: "ok" }
  }
  const fresh = (prefix: string) => `${prefix}-${++ids}`

  function connect(step: Step): Answer {
    const { deviceId, publicKey, net } = step
    const record = recordOf(deviceId ?? "")
    const decision = decideConnect(
      {
        identity: deviceId === undefined || publicKey === undefined ? null : { deviceId, publicKey },
        role: step.role ?? null,
        scopes: step.scopes ?? [],
        auth: authFacts(step, before, record),
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
        nowMs,
        freshRequestId: fresh("request"),
        freshTokenId: fresh("token"),
      },
      record,
      policy,
    )
    if (decision.kind !== "reject" && deviceId !== undefined) records.set(deviceId, decision.next)
    return {
      outcome: decision.kind,
      reason: decision.reason,
      local: decision.locality.local,
      granted: "granted" in decision ? decision.granted : undefined,
      requestId: decision.kind === "pending" ? decision.request.requestId : undefined,
    }
  }

  function onRequest(step: Step): Answer {
    const { requestId = "" } = step
    const [deviceId, record] =
      [...records].find(([, held]) => held.requests.some((request) => request.requestId === requestId)) ??
      (["", emptyRecord] as const)
    const authority = toAuthority(step.approver)
    if (step.op === "reject") return commit(deviceId, reject(record, { requestId, authority, policy, nowMs }))
    const from = authority.deviceId === null ? "console" : "wire"
    const input = {
      requestId,
      authority,
      from,
      grant: step.grant,
      policy,
      nowMs,
      freshTokenId: fresh("token"),
    } as const
    return commit(deviceId, approve(record, input))
  }

  function onDevice(step: Step): Answer {
    const deviceId = step.deviceId ?? ""
    const record = recordOf(deviceId)
    const authority = toAuthority(step.caller)
    const role = step.role as Role
    if (step.op === "remove") return commit(deviceId, remove(record, { authority }))
    const freshTokenId = fresh("token")
    if (step.op === "revoke") return commit(deviceId, revoke(record, { role, authority, nowMs, freshTokenId }))
    const mode = { kind: "at-once" } as const
    const input = { role, mode, rememberNarrowing: false, authority, policy, nowMs, freshTokenId }
    return commit(deviceId, rotate(record, { ...input, scopes: step.scopes }))
  }

  return {
    async step(step) {
      nowMs = step.at
      if (step.op === "connect") return connect(step)
      return step.op === "approve" || step.op === "reject" ? onRequest(step) : onDevice(step)
    },
    record: async (deviceId) => recordOf(deviceId),
    pending: async () => [...records.values()].flatMap((record) => withoutExpired(record, policy, nowMs).requests),
  }
}

function authFacts(step: Step, before: DeviceRecord, record: DeviceRecord): AuthFacts {
  const kind = step.auth?.kind ?? "token"
  if (kind !== "device-token") return { kind }
  if (step.auth?.presents === "stale") return { kind, tokenId: null }
  const role = (step.role ?? "operator") as Role
  return { kind, tokenId: record.device?.tokens[role]?.tokenId ?? before.device?.tokens[role]?.tokenId ?? null }
}

function toAuthority(caller: Caller | undefined): Authority {
  return caller === undefined ? consoleAuthority : { scopes: caller.scopes, deviceId: caller.deviceId ?? null }
}

function refusal({ because }: Refused): Answer {
  return because === "not-found" ? { outcome: "not-found" } : { outcome: "denied", reason: because }
}
