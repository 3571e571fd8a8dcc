import { frozenCeiling } from "./device"
import { readRole } from "./role"
import { cleanScopes, malformed, ofRole, sameScopes } from "./scopes"
import { limitToken } from "./tokens"
import type { Device, DeviceRecord, Metadata, Role, Scopes, Token } from "./types"

/** A token as another gateway kept it, its secret replaced by the id that stands for it here. */
export type ForeignToken = {
  readonly tokenId: string
  readonly role: string
  readonly scopes: readonly string[]
  readonly createdAtMs: number
  readonly rotatedAtMs: number | null
  readonly lastUsedAtMs: number | null
  readonly revokedAtMs: number | null
  /** Good only as long as the shared secret of that gateway is the same. */
  readonly isTied: boolean
}

/** A paired device as another gateway kept it; what its record did not have is null. The id is that of the key. */
export type ForeignDevice = {
  readonly deviceId: string
  readonly publicKey: string
  readonly metadata: Metadata
  readonly role: string | null
  readonly roles: readonly string[] | null
  readonly scopes: readonly string[] | null
  readonly approvedScopes: readonly string[] | null
  readonly tokens: readonly ForeignToken[]
  /** In the words of that gateway. */
  readonly approvedVia: string | null
  /** The commands that were approved for it as a node. */
  readonly approvedCommands: readonly string[] | null
  readonly pairedAtMs: number
  readonly approvedAtMs: number
}

/** Why a device of another gateway is not taken over; what is here stays as it is. */
export type ImportRefusal = "already-here" | "blocked" | "removed-here" | "unknown-role"

/** What of a device that is taken over does not come along. */
export type LeftBehind =
  | { readonly what: "roles"; readonly names: readonly string[] }
  | { readonly what: "scopes"; readonly names: Scopes }
  | { readonly what: "token-of-no-role"; readonly names: readonly string[] }
  | { readonly what: "token-tied"; readonly names: readonly string[] }

export type TakenOver = {
  readonly ok: true
  readonly device: Device
  readonly next: DeviceRecord
  readonly leftBehind: readonly LeftBehind[]
}

export type NotTakenOver = {
  readonly ok: false
  readonly because: ImportRefusal
  /** With `already-here`: what of its rights is not the same. */
  readonly differs: readonly ("key" | "roles" | "scopes")[]
}

/**
 * Takes a device over from another gateway, with what was approved there and nothing more, or says why not. What is
 * here already is never touched: neither a device, nor a block, nor that it was removed. Missing fields stay missing,
 * so that every later decision reads them as for any legacy record.
 * Source: rulings R2, R4, R10, R19; docs/decisions/028.
 */
export function takeOver(
  record: DeviceRecord,
  foreign: ForeignDevice,
  { wasRemoved }: { readonly wasRemoved: boolean },
): TakenOver | NotTakenOver {
  const refuse = (because: ImportRefusal): NotTakenOver => ({ ok: false, because, differs: [] })
  const brought = importedDevice(foreign)
  if (record.blockedKeys.includes(foreign.publicKey)) return refuse("blocked")
  if (record.device !== null) {
    return { ok: false, because: "already-here", differs: brought === null ? [] : differences(record.device, brought) }
  }
  if (wasRemoved) return refuse("removed-here")
  if (brought === null) return refuse("unknown-role")
  // Its first revision, as `withDevice` counts them.
  const device = { ...brought.device, revision: 1 }
  return { ok: true, device, next: { ...record, device }, leftBehind: brought.leftBehind }
}

type Brought = Pick<TakenOver, "device" | "leftBehind">

function differences(here: Device, { device }: Brought): NotTakenOver["differs"] {
  const isSameRoles =
    here.roles.length === device.roles.length && device.roles.every((role) => here.roles.includes(role))
  return [
    ...(here.publicKey === device.publicKey ? [] : (["key"] as const)),
    ...(isSameRoles ? [] : (["roles"] as const)),
    ...(sameScopes(frozenCeiling(here), frozenCeiling(device)) ? [] : (["scopes"] as const)),
  ]
}

/** The device as it will be here; null when it has roles and none of them exists here. */
function importedDevice(foreign: ForeignDevice): Brought | null {
  // R19: without `roles`, the one `role`; without either, none at all.
  const named = [...new Set(foreign.roles ?? (foreign.role === null ? [] : [foreign.role]))]
  const roles = named.flatMap((name) => readRole(name) ?? [])
  if (named.length > 0 && roles.length === 0) return null

  const approvedScopes = foreign.approvedScopes === null ? null : grantable(foreign.approvedScopes)
  const legacyScopes = foreign.scopes === null ? scopesOfBareNode(foreign, roles) : grantable(foreign.scopes)
  const ceiling = frozenCeiling({ approvedScopes, legacyScopes })
  const held = foreign.tokens.filter(({ role }) => roles.some((known) => known === role))
  const tied = held.filter(({ isTied, revokedAtMs }) => isTied && revokedAtMs === null)
  const tokens = held.filter((token) => !tied.includes(token)).flatMap((token) => importedToken(token, ceiling))
  const approvedVia = viaOf(foreign.approvedVia)
  const isNode = roles.includes("node") && foreign.approvedCommands !== null
  const device: Device = {
    deviceId: foreign.deviceId,
    publicKey: foreign.publicKey,
    roles,
    approvedScopes,
    legacyScopes,
    withheld: [],
    silentScopes: approvedVia === "local" || approvedVia === "identity-proxy" ? ceiling : [],
    ends: {},
    tokens: Object.fromEntries(tokens.map((token) => [token.role, token])),
    metadata: foreign.metadata,
    approvedCommands: isNode ? foreign.approvedCommands : null,
    nodePlatform: isNode ? foreign.metadata.platform : null,
    nodeFamily: isNode ? foreign.metadata.deviceFamily : null,
    approvedVia,
    pairedAtMs: foreign.pairedAtMs,
    approvedAtMs: foreign.approvedAtMs,
    revision: 0,
  }
  const everyScope = cleanScopes([...(foreign.approvedScopes ?? []), ...(foreign.scopes ?? [])])
  const rolesOf = (list: readonly ForeignToken[]) => list.map(({ role }) => role)
  const leftBehind: readonly LeftBehind[] = [
    { what: "roles", names: named.filter((name) => readRole(name) === null) },
    { what: "scopes", names: malformed(everyScope, ["operator", "node"]) },
    { what: "token-of-no-role", names: rolesOf(foreign.tokens.filter((token) => !held.includes(token))) },
    { what: "token-tied", names: rolesOf(tied) },
  ]
  return { device, leftBehind: leftBehind.filter(({ names }) => names.length > 0) }
}

/** The scopes of a list that anybody may be given (R4). */
function grantable(scopes: readonly string[]): Scopes {
  const clean = cleanScopes(scopes)
  const bad = malformed(clean, ["operator", "node"])
  return clean.filter((scope) => !bad.includes(scope))
}

/**
 * Gateways of early 2026 kept no list at all for a node that never asked for scopes. Read as absent it could not be
 * rotated (R10); it was approved with none, which is an empty list.
 */
function scopesOfBareNode({ approvedScopes, tokens }: ForeignDevice, roles: readonly Role[]): Scopes | null {
  const isBare = roles.length === 1 && roles[0] === "node" && tokens.every(({ scopes }) => scopes.length === 0)
  return approvedScopes === null && isBare ? [] : null
}

function importedToken(foreign: ForeignToken, ceiling: Scopes): readonly Token[] {
  const role = readRole(foreign.role)
  if (role === null) return []
  const issuedAtMs = foreign.rotatedAtMs ?? foreign.createdAtMs
  const token: Token = {
    tokenId: foreign.tokenId,
    role,
    scopes: ofRole(grantable(foreign.scopes), role),
    narrowedAway: [],
    createdAtMs: foreign.createdAtMs,
    issuedAtMs,
    // Its device holds it: counted as used, it survives every replacement until the new one is used.
    deliveredAtMs: issuedAtMs,
    usedAtMs: Math.max(issuedAtMs, foreign.lastUsedAtMs ?? issuedAtMs),
    revokedAtMs: foreign.revokedAtMs,
    predecessors: [],
  }
  // A token is never a baseline (R2), whatever stood in it there.
  return [limitToken(token, ceiling)]
}

/** How that gateway let it in. What it did by itself counts as silent here; where nothing is known, a person stands for it. */
function viaOf(approvedVia: string | null): Device["approvedVia"] {
  switch (approvedVia) {
    case "silent":
      return "local"
    case "trusted-cidr":
    case "ssh-verified":
      return "node-cidr"
    case "trusted-proxy":
      return "identity-proxy"
    default:
      return "person"
  }
}
