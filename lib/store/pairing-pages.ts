import type { Role } from "@/lib/pairing/types"
import type { RawRow, RawValue } from "./direct"
import { number, numberOrNull, text, textOrNull } from "./rows"
import type { Store } from "./store"

/** Where a list goes on: behind the row of this instant and id. */
export type Place = readonly [atMs: number, id: string]

/** Before the first row. */
export const beginning: Place = [Number.MAX_SAFE_INTEGER, ""]

type Reader = Pick<Store, "readRows">

/** Paired devices with their tokens, latest pairing first, behind a place. */
export async function readPairedPage(store: Reader, place: Place, limit: number) {
  return (await store.readRows(devicesSql, [...place, limit])).map(toDevice)
}

/** Requests that wait since `oldestMs` at most, newest first, behind a place. */
export async function readPendingPage(store: Reader, place: Place, oldestMs: number, limit: number) {
  return (await store.readRows(pendingSql, [...place, oldestMs, limit])).map(toPending)
}

const texts = ["deviceId", "publicKey", "displayName", "label", "platform", "deviceFamily", "clientId", "clientMode"]
const more = ["roles", "approvedScopes", "legacyScopes", "approvedVia", "lastAddress"]
const times = ["pairedAtMs", "approvedAtMs", "lastSeenAtMs", "nextEndMs", "operatorUsedAtMs", "nodeUsedAtMs"]
/** The token of a role as one text, looked up for each device: joined, a planner may read all tokens for every page. */
const tokenOf = (role: Role) => `(SELECT CAST(t."createdAtMs" AS TEXT) || '|' || CAST(t."issuedAtMs" AS TEXT) || '|' ||
    COALESCE(CAST(t."revokedAtMs" AS TEXT), '') || '|' || t."scopes"
    FROM "Token" AS t WHERE t."deviceId" = d."deviceId" AND t."role" = '${role}') AS "${role}Token"`

/** A page of devices with their tokens, latest pairing first; its plan is held by a test. */
export const devicesSql = `SELECT ${[...texts, ...more, ...times].map((name) => `d."${name}"`).join(", ")},
  ${tokenOf("node")},
  ${tokenOf("operator")}
  FROM "Device" AS d
  WHERE (d."pairedAtMs", d."deviceId") < ($1, $2) ORDER BY d."pairedAtMs" DESC, d."deviceId" DESC LIMIT $3`

/** A page of waiting requests, newest first; its plan is held by a test. */
export const pendingSql = `SELECT r."requestId", r."deviceId", r."publicKey", r."displayName", r."platform",
  r."deviceFamily", r."clientId", r."clientMode", r."role", r."scopes", r."address", r."filedAtMs", r."triedAtMs",
  (SELECT 1 FROM "Device" AS d WHERE d."deviceId" = r."deviceId") AS "isRepair"
  FROM "Request" AS r
  WHERE r."status" = 'pending' AND (r."filedAtMs", r."requestId") < ($1, $2) AND r."triedAtMs" >= $3
  ORDER BY r."filedAtMs" DESC, r."requestId" DESC LIMIT $4`

const at = (row: RawRow, name: string): RawValue => row[name] ?? null

function toPending(row: RawRow) {
  return {
    ...{ requestId: text(at(row, "requestId")), deviceId: text(at(row, "deviceId")) },
    ...{ publicKey: text(at(row, "publicKey")), displayName: textOrNull(at(row, "displayName")) },
    ...{ platform: textOrNull(at(row, "platform")), deviceFamily: textOrNull(at(row, "deviceFamily")) },
    ...{ clientId: textOrNull(at(row, "clientId")), clientMode: textOrNull(at(row, "clientMode")) },
    ...{ role: text(at(row, "role")), scopes: text(at(row, "scopes")), address: text(at(row, "address")) },
    ...{ filedAtMs: number(at(row, "filedAtMs")), triedAtMs: number(at(row, "triedAtMs")) },
    isRepair: at(row, "isRepair") === 1,
  }
}

function toDevice(row: RawRow) {
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
    tokens: [...toToken(row, "node"), ...toToken(row, "operator")],
  }
}

function toToken(row: RawRow, role: Role) {
  const written = textOrNull(at(row, `${role}Token`))
  if (written === null) return []
  const [createdAtMs, issuedAtMs, revokedAtMs, scopes = ""] = written.split("|")
  const times = { createdAtMs: Number(createdAtMs), issuedAtMs: Number(issuedAtMs) }
  return [{ role, scopes, ...times, revokedAtMs: revokedAtMs === "" ? null : Number(revokedAtMs) }]
}
