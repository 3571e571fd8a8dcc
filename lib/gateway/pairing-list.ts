import { oldestLiveTryMs } from "@/lib/pairing/requests"
import type { RawRow, RawValue } from "@/lib/store/client"
import { number, numberOrNull, text, textOrNull } from "@/lib/store/rows"
import type { Store } from "@/lib/store/store"
import { WrittenJson } from "./frames"
import { type DeviceRecord, deviceRow, type PendingRecord, pendingRow } from "./wire-rows"

/**
 * What a real client takes in one frame is 25 MiB, some 80 000 devices. Beyond that the list is cut where it is full,
 * and says so, and whoever knows the params reads on.
 */
const frame = { bytes: 24 * 1024 * 1024, bytesOfPending: 8 * 1024 * 1024 }
/** Rows between two turns of the event loop: more would hold up everybody else's handshake. */
const chunk = 250

const texts = ["deviceId", "publicKey", "displayName", "label", "platform", "deviceFamily", "clientId", "clientMode"]
const more = ["roles", "approvedScopes", "legacyScopes", "approvedVia", "lastAddress"]
const times = ["pairedAtMs", "approvedAtMs", "lastSeenAtMs", "nextEndMs", "operatorUsedAtMs", "nodeUsedAtMs"]
const tokenColumns = ["scopes", "createdAtMs", "issuedAtMs", "revokedAtMs"]

const ofToken = (alias: string) => tokenColumns.map((name) => `${alias}."${name}" AS "${alias}_${name}"`)

/** A page of devices with their tokens, latest pairing first; its plan is held by a test. */
export const devicesSql = `SELECT ${[...texts, ...more, ...times].map((name) => `d."${name}"`).join(", ")},
  ${[...ofToken("node"), ...ofToken("operator")].join(", ")}
  FROM "Device" AS d
  LEFT JOIN "Token" AS node ON node."deviceId" = d."deviceId" AND node."role" = 'node'
  LEFT JOIN "Token" AS operator ON operator."deviceId" = d."deviceId" AND operator."role" = 'operator'
  WHERE (d."pairedAtMs", d."deviceId") < ($1, $2) ORDER BY d."pairedAtMs" DESC, d."deviceId" DESC LIMIT $3`

/** A page of waiting requests, newest first; its plan is held by a test. */
export const pendingSql = `SELECT r."requestId", r."deviceId", r."publicKey", r."displayName", r."platform",
  r."deviceFamily", r."clientId", r."clientMode", r."role", r."scopes", r."address", r."filedAtMs", r."triedAtMs",
  CASE WHEN d."deviceId" IS NULL THEN 0 ELSE 1 END AS "isRepair"
  FROM "Request" AS r LEFT JOIN "Device" AS d ON d."deviceId" = r."deviceId"
  WHERE r."status" = 'pending' AND (r."filedAtMs", r."requestId") < ($1, $2) AND r."triedAtMs" >= $3
  ORDER BY r."filedAtMs" DESC, r."requestId" DESC LIMIT $4`

/** Which part of the paired devices is asked for; all that fits in one frame where nothing is said. */
export type ListPage = { readonly limit?: number | undefined; readonly after?: string | undefined }

type Place = readonly [atMs: number, id: string]

const beginning: Place = [Number.MAX_SAFE_INTEGER, ""]

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
    read: (place) => store.readRows(pendingSql, [...place, oldestMs, chunk]),
    placeOf: (row) => [number(row.filedAtMs ?? null), text(row.requestId ?? null)],
    write: (row) => pendingRow(toPending(row), row.isRepair === 1, policy.pendingTtlMs),
    ...{ from: beginning, most: Number.POSITIVE_INFINITY, mostBytes: most.bytesOfPending },
  })
  const paired = await writeRows({
    read: (place) => store.readRows(devicesSql, [...place, chunk]),
    placeOf: (row) => [number(row.pairedAtMs ?? null), text(row.deviceId ?? null)],
    write: (row) => {
      const device = toDevice(row)
      return { ...deviceRow(device), connected: store.presence.isOnline(device.deviceId) }
    },
    ...{ from, most: limit ?? Number.POSITIVE_INFINITY, mostBytes: most.bytes - pending.bytes },
  })
  const next = paired.next === null ? "" : `,"next":${JSON.stringify(paired.next.join(":"))}`
  const cut = pending.next === null ? "" : `,"isCut":true`
  return new WrittenJson(`{"pending":[${pending.text}],"paired":[${paired.text}]${next}${cut}}`)
}

type Writing = {
  readonly read: (place: Place) => Promise<readonly RawRow[]>
  readonly placeOf: (row: RawRow) => Place
  readonly write: (row: RawRow) => unknown
  readonly from: Place
  readonly most: number
  readonly mostBytes: number
}

/** Rows as the inside of a JSON list, and where the rest begins that did not fit. */
async function writeRows({ read, placeOf, write, from, most, mostBytes }: Writing) {
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

const at = (row: RawRow, name: string): RawValue => row[name] ?? null

function toPending(row: RawRow): PendingRecord {
  return {
    ...{ requestId: text(at(row, "requestId")), deviceId: text(at(row, "deviceId")) },
    ...{ publicKey: text(at(row, "publicKey")), displayName: textOrNull(at(row, "displayName")) },
    ...{ platform: textOrNull(at(row, "platform")), deviceFamily: textOrNull(at(row, "deviceFamily")) },
    ...{ clientId: textOrNull(at(row, "clientId")), clientMode: textOrNull(at(row, "clientMode")) },
    ...{ role: text(at(row, "role")), scopes: text(at(row, "scopes")), address: text(at(row, "address")) },
    ...{ filedAtMs: number(at(row, "filedAtMs")), triedAtMs: number(at(row, "triedAtMs")) },
  }
}

function toDevice(row: RawRow): DeviceRecord {
  return {
    ...{ deviceId: text(at(row, "deviceId")), publicKey: text(at(row, "publicKey")), roles: text(at(row, "roles")) },
    ...{ displayName: textOrNull(at(row, "displayName")), label: textOrNull(at(row, "label")) },
    ...{ platform: textOrNull(at(row, "platform")), deviceFamily: textOrNull(at(row, "deviceFamily")) },
    ...{ clientId: textOrNull(at(row, "clientId")), clientMode: textOrNull(at(row, "clientMode")) },
    ...{ approvedScopes: textOrNull(at(row, "approvedScopes")), legacyScopes: textOrNull(at(row, "legacyScopes")) },
    ...{ approvedVia: text(at(row, "approvedVia")), lastAddress: textOrNull(at(row, "lastAddress")) },
    ...{ pairedAtMs: number(at(row, "pairedAtMs")), approvedAtMs: number(at(row, "approvedAtMs")) },
    ...{ lastSeenAtMs: numberOrNull(at(row, "lastSeenAtMs")), nextEndMs: numberOrNull(at(row, "nextEndMs")) },
    operatorUsedAtMs: numberOrNull(at(row, "operatorUsedAtMs")),
    nodeUsedAtMs: numberOrNull(at(row, "nodeUsedAtMs")),
    tokens: ["node", "operator"].flatMap((role) => toToken(row, role)),
  }
}

function toToken(row: RawRow, role: string): DeviceRecord["tokens"] {
  const scopes = at(row, `${role}_scopes`)
  if (scopes === null) return []
  return [
    {
      ...{ role, scopes: text(scopes), createdAtMs: number(at(row, `${role}_createdAtMs`)) },
      issuedAtMs: number(at(row, `${role}_issuedAtMs`)),
      revokedAtMs: numberOrNull(at(row, `${role}_revokedAtMs`)),
    },
  ]
}
