import type { Device, DeviceRecord, Hold, Metadata, PendingRequest, Role, Token } from "@/lib/pairing/types"
import type { RawRow } from "./client"
import {
  number,
  numberOrNull,
  text,
  textOrNull,
  toApprovedVia,
  toCommands,
  toEnds,
  toList,
  toPredecessors,
  toReason,
  toRole,
} from "./rows"

/**
 * The columns of the one look-up, by kind of row: texts become t0, t1 …, numbers n0, n1 … in this order, and the
 * parsers below read them by these positions.
 */
export const recordColumns = {
  device: {
    from: "Device",
    texts: [
      ...[
        "deviceId",
        "publicKey",
        "displayName",
        "clientId",
        "clientMode",
        "clientVersion",
        "platform",
        "deviceFamily",
      ],
      ...["commands", "roles", "approvedScopes", "legacyScopes", "withheld", "silentScopes", "approvedVia"],
      ...["approvedCommands", "nodePlatform", "nodeFamily", "ends"],
    ],
    numbers: ["pairedAtMs", "approvedAtMs", "revision"],
  },
  token: {
    from: "Token",
    texts: ["tokenId", "role", "scopes", "narrowedAway", "predecessors"],
    numbers: ["createdAtMs", "issuedAtMs", "deliveredAtMs", "usedAtMs", "revokedAtMs"],
  },
  request: {
    from: "Request",
    texts: [
      ...[
        "deviceId",
        "publicKey",
        "displayName",
        "clientId",
        "clientMode",
        "clientVersion",
        "platform",
        "deviceFamily",
      ],
      ...["commands", "requestId", "role", "scopes", "reason"],
    ],
    numbers: ["filedAtMs", "triedAtMs", "tries"],
  },
  hold: {
    from: "Request",
    texts: ["requestId", "publicKey", "role", "scopes", "commands"],
    numbers: ["heldUntilMs"],
  },
  block: { from: "Block", texts: ["publicKey"], numbers: [] },
} as const

// Texts 2 to 8 of devices and requests.
function metadata(row: RawRow): Metadata {
  return {
    displayName: textOrNull(row.t2),
    clientId: textOrNull(row.t3),
    clientMode: textOrNull(row.t4),
    clientVersion: textOrNull(row.t5),
    platform: textOrNull(row.t6),
    deviceFamily: textOrNull(row.t7),
    commands: toCommands(text(row.t8)),
  }
}

function device(row: RawRow, tokens: Device["tokens"]): Device {
  const approved = textOrNull(row.t10)
  const legacy = textOrNull(row.t11)
  const commands = textOrNull(row.t15)
  return {
    deviceId: text(row.t0),
    publicKey: text(row.t1),
    metadata: metadata(row),
    roles: toList(text(row.t9)).map(toRole),
    approvedScopes: approved === null ? null : toList(approved),
    legacyScopes: legacy === null ? null : toList(legacy),
    withheld: toList(text(row.t12)),
    silentScopes: toList(text(row.t13)),
    ends: toEnds(text(row.t18)),
    approvedVia: toApprovedVia(row.t14),
    approvedCommands: commands === null ? null : toCommands(commands),
    nodePlatform: textOrNull(row.t16),
    nodeFamily: textOrNull(row.t17),
    pairedAtMs: number(row.n0),
    approvedAtMs: number(row.n1),
    revision: number(row.n2),
    tokens,
  }
}

function token(row: RawRow): Token {
  return {
    tokenId: text(row.t0),
    role: toRole(row.t1),
    scopes: toList(text(row.t2)),
    narrowedAway: toList(text(row.t3)),
    predecessors: toPredecessors(text(row.t4)),
    createdAtMs: number(row.n0),
    issuedAtMs: number(row.n1),
    deliveredAtMs: numberOrNull(row.n2),
    usedAtMs: numberOrNull(row.n3),
    revokedAtMs: numberOrNull(row.n4),
  }
}

function request(row: RawRow): PendingRequest {
  return {
    deviceId: text(row.t0),
    publicKey: text(row.t1),
    metadata: metadata(row),
    requestId: text(row.t9),
    role: toRole(row.t10),
    scopes: toList(text(row.t11)),
    reason: toReason(row.t12),
    filedAtMs: number(row.n0),
    triedAtMs: number(row.n1),
    tries: number(row.n2),
  }
}

function hold(row: RawRow): Hold {
  return {
    requestId: text(row.t0),
    publicKey: text(row.t1),
    role: toRole(row.t2),
    scopes: toList(text(row.t3)),
    commands: toCommands(text(row.t4)),
    untilMs: number(row.n0),
  }
}

/** The rows of the one look-up as the rules want them; requests in the order of filing. */
export function toRecord(rows: readonly RawRow[]): DeviceRecord {
  let found: RawRow | null = null
  const tokens: Partial<Record<Role, Token>> = {}
  const requests: PendingRequest[] = []
  const holds: Hold[] = []
  const blockedKeys: string[] = []
  for (const row of rows) {
    if (row.kind === "device") found = row
    else if (row.kind === "token") {
      const own = token(row)
      tokens[own.role] = own
    } else if (row.kind === "request") requests.push(request(row))
    else if (row.kind === "hold") holds.push(hold(row))
    else blockedKeys.push(text(row.t0))
  }
  if (requests.length > 1) requests.sort((one, other) => one.filedAtMs - other.filedAtMs)
  return { device: found === null ? null : device(found, tokens), requests, holds, blockedKeys }
}
