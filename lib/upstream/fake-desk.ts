import { randomUUID } from "node:crypto"

/** A node as the gateway behind knows it. */
export type FakeNode = {
  platform: string
  isApproved: boolean
  approvedVia: "owner" | null
  surface: readonly string[]
  asked: { requestId: string; commands: readonly string[] } | null
}

type NodeConnect = {
  readonly device?: { readonly id: string } | undefined
  readonly client: { readonly platform: string }
  readonly commands?: readonly string[] | undefined
}

/** Who is paired there, and what they may offer: the part of the real one that the front door leans on. */
export function fakeDesk() {
  const nodes = new Map<string, FakeNode>()
  const requests = new Map<string, string>()

  return {
    nodes,
    /** What a node is refused with, or null when it is let in. */
    admit({ device, client, commands = [] }: NodeConnect): object | null {
      const nodeId = device?.id ?? ""
      const known = nodes.get(nodeId)
      if (known?.isApproved !== true) {
        const requestId = randomUUID()
        requests.set(requestId, nodeId)
        const { platform } = client
        nodes.set(nodeId, { platform, isApproved: false, approvedVia: null, surface: [], asked: null })
        return { reason: "not-paired", requestId }
      }
      if (known.platform !== client.platform) return { reason: "metadata-upgrade", requestId: randomUUID() }
      const isNew = commands.some((command) => !known.surface.includes(command))
      known.asked = isNew ? { requestId: randomUUID(), commands } : null
      return null
    },
    answer(method: string, params: Record<string, unknown>): object | null {
      if (method === "device.pair.approve") {
        const node = nodes.get(requests.get(String(params.requestId)) ?? "")
        if (node === undefined) return failure("unknown requestId")
        node.isApproved = true
        node.approvedVia = "owner"
        return { ok: true, payload: {} }
      }
      if (method === "device.pair.remove") {
        const isKnown = nodes.delete(String(params.deviceId))
        return isKnown ? { ok: true, payload: {} } : failure("unknown deviceId")
      }
      if (method === "node.pair.list") {
        const pending = [...nodes].flatMap(([nodeId, { asked }]) => (asked === null ? [] : [{ nodeId, ...asked }]))
        return { ok: true, payload: { pending, paired: [] } }
      }
      if (method === "node.pair.approve") {
        const node = [...nodes.values()].find(({ asked }) => asked?.requestId === params.requestId)
        if (node?.asked === null || node === undefined) return failure("unknown requestId")
        node.surface = node.asked.commands
        node.asked = null
        return { ok: true, payload: {} }
      }
      if (method === "node.list") {
        return {
          ok: true,
          payload: { nodes: [...nodes].map(([nodeId, { surface }]) => ({ nodeId, commands: surface })) },
        }
      }
      return null
    },
  }
}

const failure = (message: string) => ({ ok: false, error: { code: "INVALID_REQUEST", message } })
