import { oldestLiveTryMs } from "@/lib/pairing/requests"
import { beginning, type Place, readPairedPage, readPendingPage } from "@/lib/store/pairing-pages"
import type { Store } from "@/lib/store/store"
import { WrittenJson } from "./frames"
import { deviceRow, pendingRow } from "./wire-rows"

/**
 * What a real client takes in one frame is 25 MiB, some 80 000 devices. Beyond that the list is cut where it is full,
 * and says so, and whoever knows the params reads on.
 */
const frame = { bytes: 24 * 1024 * 1024, bytesOfPending: 8 * 1024 * 1024 }
/** Rows between two turns of the event loop: more would hold up everybody else's handshake. */
const chunk = 250

/** Which part of the paired devices is asked for; all that fits in one frame where nothing is said. */
export type ListPage = { readonly limit?: number | undefined; readonly after?: string | undefined }

/** Where a page goes on; null when the text is not one that an answer named. */
export function readPlace(after: string | undefined): Place | null {
  if (after === undefined) return beginning
  const [, atMs, deviceId] = /^(\d+(?:\.\d+)?):([0-9a-zA-Z-]+)$/.exec(after) ?? []
  return atMs === undefined || deviceId === undefined ? null : [Number(atMs), deviceId]
}

/**
 * Waiting requests, newest first, and paired devices, latest pairing first, as the text of an answer: written in small
 * parts, so that a hundred thousand devices hold up nobody. `next` is in it where paired devices are left, `isCut`
 * where waiting requests are.
 */
export async function writePairingList(
  store: Store,
  from: Place,
  { limit, most = frame }: ListPage & { readonly most?: typeof frame },
  nowMs: number,
): Promise<WrittenJson> {
  const { policy } = await store.policy()
  const oldestMs = oldestLiveTryMs(policy, nowMs)
  const pending = await writeRows({
    read: (place) => readPendingPage(store, place, oldestMs, chunk),
    placeOf: ({ filedAtMs, requestId }) => [filedAtMs, requestId],
    write: (row) => pendingRow(row, row.isRepair, policy.pendingTtlMs),
    ...{ from: beginning, most: Number.POSITIVE_INFINITY, mostBytes: most.bytesOfPending },
  })
  const paired = await writeRows({
    async read(place) {
      const rows = await readPairedPage(store, place, chunk)
      const online = await store.presence.among(rows.map(({ deviceId }) => deviceId))
      return rows.map((row) => ({ ...row, connected: online.has(row.deviceId) }))
    },
    placeOf: ({ pairedAtMs, deviceId }) => [pairedAtMs, deviceId],
    write: ({ connected, ...row }) => ({ ...deviceRow(row), connected }),
    ...{ from, most: limit ?? Number.POSITIVE_INFINITY, mostBytes: most.bytes - pending.bytes },
  })
  const next = paired.next === null ? "" : `,"next":${JSON.stringify(paired.next.join(":"))}`
  const cut = pending.next === null ? "" : `,"isCut":true`
  return new WrittenJson(`{"pending":[${pending.text}],"paired":[${paired.text}]${next}${cut}}`)
}

type Writing<Row> = {
  readonly read: (place: Place) => Promise<readonly Row[]>
  readonly placeOf: (row: Row) => Place
  readonly write: (row: Row) => unknown
  readonly from: Place
  readonly most: number
  readonly mostBytes: number
}

/** Rows as the inside of a JSON list, and where the rest begins that did not fit. */
async function writeRows<Row>({ read, placeOf, write, from, most, mostBytes }: Writing<Row>) {
  const parts: string[] = []
  let bytes = 0
  let place = from
  for (;;) {
    const rows = await read(place)
    for (const row of rows) {
      const part = JSON.stringify(write(row))
      bytes += Buffer.byteLength(part) + 1
      if (parts.length >= most || bytes > mostBytes) return { text: parts.join(","), bytes, next: place }
      parts.push(part)
      place = placeOf(row)
    }
    if (rows.length < chunk) return { text: parts.join(","), bytes, next: null }
    await new Promise((resolve) => setImmediate(resolve))
  }
}
