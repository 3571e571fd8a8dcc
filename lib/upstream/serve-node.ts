import type { Gateway, Served } from "@/lib/gateway/gateway"
import type { Admitted } from "@/lib/gateway/handshake"
import type { Wire } from "@/lib/gateway/session"
import { nodeKeyOf } from "@/lib/store/node-key-of"
import { type Dialled, dial } from "./dial"
import type { Door } from "./door"
import { nodeTranslation } from "./ids"
import { nodeParams } from "./node-params"
import { approveNode, approveSurface } from "./nodes"
import { serveRelayed } from "./serve-relayed"

/**
 * Serves a node under a key of ours, which the gateway behind is made to approve: once, for the reason that it does
 * not know the key yet, and with the commands that a person approved here.
 */
export function serveNode(door: Door, gateway: Gateway, admitted: Admitted, wire: Wire): Served {
  const { store } = gateway
  const { link, queue, ids, dialMs } = door
  const { decision, device } = admitted
  // No rule lets a node in silently while a gateway is behind, so there is an allow by what a person approved.
  const commands = decision.kind === "allow" ? decision.servedCommands : []
  const deviceId = device?.deviceId ?? ""
  const translation = nodeTranslation(ids, deviceId)

  async function enter(signal: AbortSignal): Promise<Dialled> {
    const key = await nodeKeyOf(store, { deviceId, nowMs: store.now() })
    if (key === null) return { ok: false, failure: { kind: "given-up" } }
    ids.add({ deviceId, upstreamId: key.upstreamId })
    const knock = () =>
      dial(link.target, {
        scopes: [],
        timeoutMs: dialMs,
        signal,
        compose: (challenge) => nodeParams(link.target, admitted, { key, commands }, challenge),
      })
    const first = await knock()
    if (first.ok || first.failure.kind !== "pairing-required") return first
    const { reason, requestId } = first.failure
    // Any other reason means that something changed there which nobody approved here.
    if (reason !== "not-paired" || requestId === null || decision.kind !== "allow" || signal.aborted) return first
    const isApproved = await approveNode(door, { store, key, requestId, commands })
    return isApproved ? knock() : first
  }

  return serveRelayed(door, gateway, admitted, wire, {
    asked: [],
    translation,
    dial: ({ over }) => queue.run(() => enter(over), over),
    onServed: () => void approveSurface(door, { deviceId, commands }),
  })
}
