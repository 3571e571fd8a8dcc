/** Ids of nodes, which are others behind this gateway than before it (a node has a key of ours there). */
export type Translation = {
  /** A request on its way to the gateway behind. */
  readonly outward: (method: string, text: string) => string
  /** A response to `about`, or the event of that name, on its way to the client. */
  readonly inward: (about: string | null, text: string) => string
  /** The payload of a hello, which tells who is present. */
  readonly payload: <T extends object>(hello: T) => T
}

/** One node: the id that devices and this gateway know, and the one of the gateway behind. */
export type NodeId = { readonly deviceId: string; readonly upstreamId: string }

function translateValues<T>(value: T, table: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(value).replace(id, (found) => table.get(found) ?? found))
}

export type NodeIds = {
  readonly add: (id: NodeId) => void
  readonly drop: (id: NodeId) => void
  readonly upstreamOf: (deviceId: string) => string | null
  readonly translation: Translation
}

// Where nodes are spoken of. Anything else passes untouched.
const spokenOf = /^(node\.|presence$|system-presence$|exec\.approval|environments\.|computer\.|device\.)/
const id = /[0-9a-f]{64}/g

/** An empty table of ids, and the translation by it. */
export function createNodeIds(): NodeIds {
  const toUpstream = new Map<string, string>()
  const toDevice = new Map<string, string>()
  const by = (table: ReadonlyMap<string, string>) => (about: string | null, text: string) =>
    table.size > 0 && about !== null && spokenOf.test(about)
      ? text.replace(id, (found) => table.get(found) ?? found)
      : text

  function add({ deviceId, upstreamId }: NodeId) {
    toUpstream.set(deviceId, upstreamId)
    toDevice.set(upstreamId, deviceId)
  }

  return {
    add,
    drop({ deviceId, upstreamId }) {
      // The device may have another key by now.
      if (toUpstream.get(deviceId) === upstreamId) toUpstream.delete(deviceId)
      toDevice.delete(upstreamId)
    },
    upstreamOf: (deviceId) => toUpstream.get(deviceId) ?? null,
    translation: {
      outward: by(toUpstream),
      inward: by(toDevice),
      payload: (hello) => (toDevice.size === 0 ? hello : translateValues(hello, toDevice)),
    },
  }
}

/** The translation on a node's own socket: of its own id only, wherever it stands. */
export function nodeTranslation(ids: Pick<NodeIds, "upstreamOf">, deviceId: string): Translation {
  const swap = (text: string, from: string | null, to: string | null) =>
    from === null || to === null ? text : text.replaceAll(from, to)
  return {
    outward: (_method, text) => swap(text, deviceId, ids.upstreamOf(deviceId)),
    inward: (_about, text) => swap(text, ids.upstreamOf(deviceId), deviceId),
    payload: (hello) => JSON.parse(swap(JSON.stringify(hello), ids.upstreamOf(deviceId), deviceId)),
  }
}
