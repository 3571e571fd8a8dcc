import { z } from "zod"
import { covers } from "@/lib/pairing/scopes"
import type { Refusal, Refused } from "@/lib/pairing/types"
import { approveRequest } from "@/lib/store/approve-request"
import { rejectRequest } from "@/lib/store/reject-request"
import { removeDevice } from "@/lib/store/remove-device"
import { renameDevice } from "@/lib/store/rename-device"
import type { Store } from "@/lib/store/store"
import type { Reply } from "./frames"
import { type Method, method, refuse } from "./rpc"
import type { Session } from "./session"
import { plainText } from "./text"
import { loadDeviceRow, loadPairingList, loadRequestSubject } from "./wire-rows"

const id = z.string().min(1).max(256)
const base = { roles: ["operator"], scope: "operator.pairing" } as const
const longestLabel = 64

const isAdmin = (session: Session) => covers(session.scopes, ["operator.admin"])

/** Requests and devices: list, approve, reject, remove, rename. */
export function pairMethods(store: Store): readonly Method[] {
  return [
    method({
      ...base,
      name: "device.pair.list",
      isCommand: false,
      params: z.strictObject({}),
      async run(session) {
        // A device session without admin sees its own rows only (R13).
        const own = isAdmin(session) ? null : session.authority.deviceId
        return { ok: true, payload: await loadPairingList(store, own, Date.now()) }
      },
    }),
    method({
      ...base,
      name: "device.pair.approve",
      isCommand: true,
      params: z.strictObject({ requestId: id }),
      run: (session, { requestId }) => approve(store, session, requestId),
    }),
    method({
      ...base,
      name: "device.pair.reject",
      isCommand: true,
      params: z.strictObject({ requestId: id }),
      async run(session, { requestId }) {
        const result = await rejectRequest(store, { requestId, actor: session.actor, nowMs: Date.now() })
        if (result.ok) return { ok: true, payload: { requestId, deviceId: result.request.deviceId } }
        return refuseAs(session, result, "device pairing rejection denied", "unknown requestId")
      },
    }),
    method({
      ...base,
      name: "device.pair.remove",
      isCommand: true,
      params: z.strictObject({ deviceId: id }),
      async run(session, { deviceId }) {
        const result = await removeDevice(store, { deviceId, actor: session.actor, nowMs: Date.now() })
        if (result.ok) return { ok: true, payload: { deviceId } }
        return refuseAs(session, result, "device pairing removal denied", "unknown deviceId")
      },
    }),
    method({
      ...base,
      name: "device.pair.rename",
      isCommand: true,
      params: z.strictObject({ deviceId: id, label: z.string().min(1).max(longestLabel) }),
      async run(session, { deviceId, label: given }) {
        const label = plainText(given, longestLabel)
        if (label === null) return refuse("invalid device.pair.rename params: at /label: must not be empty")
        const result = await renameDevice(store, { deviceId, label, actor: session.actor, nowMs: Date.now() })
        if (result.ok || result.because === "nothing-to-change") return { ok: true, payload: { deviceId, label } }
        return refuseAs(session, result, "device pairing rename denied", "unknown deviceId")
      },
    }),
  ]
}

const unknown: readonly Refusal[] = ["not-found", "already-resolved", "unknown-device-or-role"]

/** The text of a refusal: a device session is not told whether what it asked for, and is not its own, exists. */
function refuseAs(session: Session, { because }: Pick<Refused, "because">, denied: string, missing: string): Reply {
  const isDeviceSession = session.authority.deviceId !== null && !isAdmin(session)
  return refuse(unknown.includes(because) && !isDeviceSession ? missing : denied)
}

async function approve(store: Store, session: Session, requestId: string): Promise<Reply> {
  const subject = await loadRequestSubject(store, requestId)
  const result = await approveRequest(store, {
    requestId,
    from: "wire",
    actor: session.actor,
    nowMs: Date.now(),
  })
  if (result.ok) {
    const device = await loadDeviceRow(store, result.request.deviceId)
    return { ok: true, payload: { requestId, device } }
  }
  if (isAdmin(session) && unknown.includes(result.because)) return refuse("unknown requestId")
  const missing = "missing" in result ? result.missing?.[0] : undefined
  // The name of a missing scope helps an approver of scopes; for a role the answer is always the same.
  const isAboutScopes = result.because === "approver-missing-scope" && subject?.role === "operator"
  if (isAboutScopes && missing !== undefined) return refuse(`missing scope: ${missing}`)
  return refuse("device pairing approval denied")
}
