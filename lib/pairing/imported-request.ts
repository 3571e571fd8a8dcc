import { decideConnect } from "./decide-connect"
import type { Pending } from "./decision"
import type { ConnectFacts } from "./facts"
import { isLive } from "./requests"
import { defaultRole, readRole } from "./role"
import { cleanScopes, ofRole } from "./scopes"
import type { DeviceRecord, Metadata, Policy } from "./types"

/** A request as another gateway kept it. The id of the device is that of the key, which proved itself there. */
export type ForeignRequest = {
  readonly requestId: string
  readonly deviceId: string
  readonly publicKey: string
  readonly metadata: Metadata
  readonly role: string | null
  readonly roles: readonly string[] | null
  readonly scopes: readonly string[]
  /** Null where it came from the machine of that gateway itself. */
  readonly address: string | null
  readonly filedAtMs: number
  readonly triedAtMs: number
}

/** Why a request of another gateway is not taken over. Its device asks again by itself when it comes. */
export type RequestNotTakenOver = "expired" | "already-here" | "needs-nobody" | "refused-here" | "unknown-role"

export type RequestTakenOver = {
  readonly ok: true
  readonly pending: Pending
  /** What it is kept under, as those of a connect. */
  readonly facts: ConnectFacts
}

/**
 * Takes a request over that waits at another gateway: it is decided as a connect from elsewhere that asks the same
 * would be, and only what then waits for a person is kept, for the time that it has left. Nothing is granted here, and
 * nothing replaced: whoever asks this gateway already is further than that.
 * Source: rulings R14 and R15; docs/decisions/028.
 */
export function takeOverRequest(
  record: DeviceRecord,
  foreign: ForeignRequest,
  { policy, nowMs, freshTokenId }: { readonly policy: Policy; readonly nowMs: number; readonly freshTokenId: string },
): RequestTakenOver | { readonly ok: false; readonly because: RequestNotTakenOver } {
  const refuse = (because: RequestNotTakenOver) => ({ ok: false, because }) as const
  const role = readRole(foreign.role ?? foreign.roles?.at(-1) ?? defaultRole)
  if (role === null) return refuse("unknown-role")
  if (!isLive(foreign, policy, nowMs)) return refuse("expired")
  const facts: ConnectFacts = {
    identity: { deviceId: foreign.deviceId, publicKey: foreign.publicKey },
    role,
    scopes: ofRole(cleanScopes(foreign.scopes), role),
    auth: { kind: "token" },
    // Whether it was local there says nothing about here: without a readable peer it is not.
    net: {
      ...{ peerAddress: foreign.address ?? "", host: null, origin: null, headers: {} },
      ...{ trustedProxies: [], isControlUi: false },
    },
    metadata: foreign.metadata,
    upstream: false,
    nowMs,
    freshRequestId: foreign.requestId,
    freshTokenId,
  }
  const decision = decideConnect(facts, record, policy)
  switch (decision.kind) {
    case "allow":
    case "silent-approve":
      return refuse("needs-nobody")
    case "reject":
      return refuse("refused-here")
    case "pending": {
      if (decision.filed === "refreshed" || decision.superseded !== null) return refuse("already-here")
      const { filedAtMs, triedAtMs } = foreign
      const request = { ...decision.request, filedAtMs, triedAtMs }
      const requests = decision.next.requests.map((other) => (other === decision.request ? request : other))
      return { ok: true, facts, pending: { ...decision, request, next: { ...decision.next, requests } } }
    }
  }
}
