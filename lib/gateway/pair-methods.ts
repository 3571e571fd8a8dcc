import { z } from "zod"
import { confinedTo } from "@/lib/pairing/authority"
import { type Told, tellRefusal, tellRefusedApproval } from "@/lib/pairing/tell-refusal"
import type { Refused } from "@/lib/pairing/types"
import { approveRequest } from "@/lib/store/approve-request"
import { rejectRequest } from "@/lib/store/reject-request"
import { removeDevice } from "@/lib/store/remove-device"
import { removeNode } from "@/lib/store/remove-node"
import { renameDevice } from "@/lib/store/rename-device"
import type { Store } from "@/lib/store/store"
import type { Reply } from "./frames"
import { readPlace, writePairingList } from "./pairing-list"
import { type Method, method, refuse } from "./rpc"
import type { Session } from "./session"
import { plainText } from "./text"
import { loadDeviceRow, loadOwnList, loadRequestedRole } from "./wire-rows"

const id = z.string().min(1).max(256)
const longestLabel = 64

/** Requests and devices: list, approve, reject, remove, rename. */
export function pairMethods(store: Store): readonly Method[] {
  return [
    method({
      name: "device.pair.list",
      isCommand: false,
      params: z.strictObject({ limit: z.int().min(1).max(5_000).optional(), after: z.string().max(300).optional() }),
      async run(session, page) {
        const own = confinedTo(session.authority)
        if (own !== null) return { ok: true, payload: await loadOwnList(store, own, store.now()) }
        const from = readPlace(page.after)
        if (from === null) return refuse("unknown after: go on from the next of an answer")
        return { ok: true, payload: await writePairingList(store, from, page, store.now()) }
      },
    }),
    method({
      name: "device.pair.approve",
      isCommand: true,
      params: z.strictObject({ requestId: id }),
      run: (session, { requestId }) => approve(store, session, requestId),
    }),
    method({
      name: "device.pair.reject",
      isCommand: true,
      params: z.strictObject({ requestId: id }),
      async run(session, { requestId }) {
        const result = await rejectRequest(store, { requestId, actor: session.actor, nowMs: store.now() })
        if (result.ok) return { ok: true, payload: { requestId, deviceId: result.request.deviceId } }
        return refuseAs(session, result, "device pairing rejection denied", "unknown requestId")
      },
    }),
    method({
      name: "device.pair.remove",
      isCommand: true,
      params: z.strictObject({ deviceId: id }),
      async run(session, { deviceId }) {
        const result = await removeDevice(store, { deviceId, actor: session.actor, nowMs: store.now() })
        if (result.ok) return { ok: true, payload: { deviceId } }
        return refuseAs(session, result, "device pairing removal denied", "unknown deviceId")
      },
    }),
    method({
      name: "node.pair.remove",
      isCommand: true,
      params: z.strictObject({ nodeId: id }),
      async run(session, { nodeId }) {
        const result = await removeNode(store, { deviceId: nodeId, actor: session.actor, nowMs: store.now() })
        if (result.ok) return { ok: true, payload: { nodeId } }
        return refuseAs(session, result, "node pairing removal denied", "unknown nodeId")
      },
    }),
    method({
      name: "device.pair.rename",
      isCommand: true,
      params: z.strictObject({ deviceId: id, label: z.string().min(1).max(longestLabel) }),
      async run(session, { deviceId, label: given }) {
        const label = plainText(given, longestLabel)
        if (label === null) return refuse("invalid device.pair.rename params: at /label: must not be empty")
        const result = await renameDevice(store, { deviceId, label, actor: session.actor, nowMs: store.now() })
        if (result.ok || result.because === "nothing-to-change") return { ok: true, payload: { deviceId, label } }
        return refuseAs(session, result, "device pairing rename denied", "unknown deviceId")
      },
    }),
  ]
}

function refuseAs({ authority }: Session, refused: Refused, denied: string, missing: string): Reply {
  return refuse(inWords(tellRefusal(authority, refused), denied, missing))
}

function inWords(told: Told, denied: string, unknown: string): string {
  if (told.kind === "missing-scope") return `missing scope: ${told.scope}`
  return told.kind === "unknown" ? unknown : denied
}

async function approve(store: Store, { actor, authority }: Session, requestId: string): Promise<Reply> {
  const role = await loadRequestedRole(store, requestId)
  const result = await approveRequest(store, { requestId, from: "wire", actor, nowMs: store.now() })
  if (result.ok) {
    const device = await loadDeviceRow(store, result.request.deviceId)
    return { ok: true, payload: { requestId, device } }
  }
  const told = tellRefusedApproval(authority, result, role)
  return refuse(inWords(told, "device pairing approval denied", "unknown requestId"))
}
