import { allCurrentScopes, frozenCeiling, hasRole, isNarrowed, isRevoked } from "@/lib/pairing/device"
import { nextEndMs } from "@/lib/pairing/ends"
import { platformKindOf } from "@/lib/pairing/platform-kind"
import type { Device, DeviceRecord, Token } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { addTerms, saveTerms, sortName } from "./device-terms"
import { insertRows, type RowOf, updateRows } from "./insert-rows"
import { addToMachines, countMachine, machineKeyOf } from "./machines"
import { fromList, fromPredecessors } from "./rows"
import type { Tx } from "./transaction"

/** How a token came about, in words for the page. */
export type IssuedHow = "approval" | "rotation" | "silent" | "connect" | "import"

export type DeviceSave = {
  readonly actor: Actor
  readonly atMs: number
  readonly issuedHow: IssuedHow
  readonly address: string | null
}

const roles = ["operator", "node"] as const

/** How long before its end a grant is listed as ending soon. */
export const endsSoonMs = 7 * 86_400_000

/**
 * Writes a device as the rules left it: row, tokens, scope rows, search terms and the marks that the list filters
 * by. A record with another key is a new one and keeps nothing of the old. Throws when the row is not the one that
 * `before` was read from.
 */
export async function saveDevice(tx: Tx, before: DeviceRecord, after: DeviceRecord, save: DeviceSave): Promise<void> {
  const isReplaced = before.device !== null && before.device.publicKey !== after.device?.publicKey
  if (before.device !== null && isReplaced) {
    await tx.db.device.delete({ where: { deviceId: before.device.deviceId } })
    await countMachine(tx, before.device.metadata, null)
  }
  if (after.device === null) return
  const isBlocked = after.blockedKeys.includes(after.device.publicKey)
  if (before.device === null || isReplaced) {
    return createDevices(tx, [{ device: after.device, isBlocked, save, ...unseen }])
  }

  const { deviceId, revision } = before.device
  const wasBlocked = before.blockedKeys.includes(before.device.publicKey)
  if (before.device === after.device && wasBlocked === isBlocked) return
  const columns = { ...deviceColumns(after.device, save.atMs), isBlocked }
  const count = await updateRows(tx, "Device", { deviceId, revision }, columns)
  if (count !== 1) throw new Error(`Device ${deviceId} changed outside of its transaction.`)
  await saveTokens(tx, before.device, after.device, save)
  await saveScopes(tx, before.device, after.device)
  await countMachine(tx, before.device.metadata, after.device.metadata)
  await saveNames(tx, before.device, after.device)
}

/** A device that was not here, with what an import knows of it besides its rights. */
export type FreshDevice = {
  readonly device: Device
  readonly isBlocked: boolean
  readonly save: DeviceSave
  readonly label: string | null
  readonly lastSeenAtMs: number | null
  readonly operatorUsedAtMs: number | null
  readonly nodeUsedAtMs: number | null
}

const unseen = { label: null, lastSeenAtMs: null, operatorUsedAtMs: null, nodeUsedAtMs: null }

/** Writes devices that were not here, together. */
export async function createDevices(tx: Tx, fresh: readonly FreshDevice[]): Promise<void> {
  const named = fresh.map(({ device, save, label }) => {
    const { deviceId, roles, metadata } = device
    return { deviceId, ...metadata, label, lastAddress: save.address, roles }
  })
  const rows = fresh.map(({ device, isBlocked, save, label, lastSeenAtMs, operatorUsedAtMs, nodeUsedAtMs }) => ({
    ...deviceColumns(device, save.atMs),
    deviceId: device.deviceId,
    ...{ isBlocked, label, lastSeenAtMs, operatorUsedAtMs, nodeUsedAtMs },
    sortName: sortName({ label, displayName: device.metadata.displayName, deviceId: device.deviceId }),
    lastAddress: save.address,
    pairedAtMs: device.pairedAtMs,
    approvedBy: device.approvedVia === "person" ? save.actor.name : null,
  }))
  await insertRows(tx, "Device", rows)
  const tokens = fresh.flatMap(({ device, save }) => {
    const issue = { issuedHow: save.issuedHow, issuedBy: save.actor.name }
    return roles.flatMap((role) => {
      const token = device.tokens[role]
      return token === undefined ? [] : [{ ...tokenColumns(token), ...issue, deviceId: device.deviceId, role }]
    })
  })
  await insertRows(tx, "Token", tokens)
  const scopes = fresh.flatMap(({ device }) => [
    ...frozenCeiling(device).map((scope) => ({ deviceId: device.deviceId, kind: "approved", scope })),
    ...allCurrentScopes(device).map((scope) => ({ deviceId: device.deviceId, kind: "current", scope })),
  ])
  await insertRows(tx, "DeviceScope", scopes)
  await addToMachines(
    tx,
    fresh.map(({ device }) => device.metadata),
  )
  await addTerms(tx, named)
}

function deviceColumns(device: Device, nowMs: number) {
  const { metadata, tokens } = device
  const end = nextEndMs(device)
  const { displayName, clientId, clientMode, clientVersion, platform, deviceFamily } = metadata
  return {
    publicKey: device.publicKey,
    ...{ displayName, clientId, clientMode, clientVersion, platform, deviceFamily },
    commands: JSON.stringify(metadata.commands),
    roles: fromList(device.roles),
    approvedScopes: device.approvedScopes === null ? null : fromList(device.approvedScopes),
    legacyScopes: device.legacyScopes === null ? null : fromList(device.legacyScopes),
    withheld: fromList(device.withheld),
    silentScopes: fromList(device.silentScopes),
    ends: JSON.stringify(device.ends),
    nextEndMs: end,
    endsSoon: end !== null && end <= nowMs + endsSoonMs && device.roles.some((role) => hasRole(device, role)),
    approvedCommands: device.approvedCommands === null ? null : JSON.stringify(device.approvedCommands),
    nodePlatform: device.nodePlatform,
    nodeFamily: device.nodeFamily,
    approvedVia: device.approvedVia,
    approvedAtMs: device.approvedAtMs,
    revision: device.revision,
    isNarrowed: device.roles.some((role) => isNarrowed(device, role)),
    isRevoked: device.roles.some((role) => isRevoked(tokens[role])),
    machineKey: machineKeyOf(metadata),
    platformKind: platformKindOf(metadata),
    isSilent: device.approvedVia !== "person" || device.silentScopes.length > 0,
  }
}

async function saveTokens(tx: Tx, before: Device, after: Device, save: DeviceSave): Promise<void> {
  for (const role of roles) {
    const [old, token] = [before.tokens[role], after.tokens[role]]
    if (old === token) continue
    const { deviceId } = after
    if (token === undefined) {
      await tx.db.token.delete({ where: { deviceId_role: { deviceId, role } } })
      continue
    }
    const issue = { issuedHow: save.issuedHow, issuedBy: save.actor.name }
    if (old === undefined) {
      await insertRows(tx, "Token", [{ ...tokenColumns(token), ...issue, deviceId, role }])
    } else {
      const isNew = old.tokenId !== token.tokenId
      await updateRows(tx, "Token", { deviceId, role }, { ...tokenColumns(token), ...(isNew && issue) })
    }
  }
}

function tokenColumns(token: Token) {
  return {
    tokenId: token.tokenId,
    scopes: fromList(token.scopes),
    narrowedAway: fromList(token.narrowedAway),
    createdAtMs: token.createdAtMs,
    issuedAtMs: token.issuedAtMs,
    deliveredAtMs: token.deliveredAtMs,
    usedAtMs: token.usedAtMs,
    revokedAtMs: token.revokedAtMs,
    predecessors: fromPredecessors(token.predecessors),
  }
}

async function saveScopes(tx: Tx, before: Device, after: Device): Promise<void> {
  const { deviceId } = after
  const rows: RowOf<"DeviceScope">[] = []
  const kinds = [
    ["approved", frozenCeiling(before), frozenCeiling(after)],
    ["current", allCurrentScopes(before), allCurrentScopes(after)],
  ] as const
  for (const [kind, old, now] of kinds) {
    const gone = old.filter((scope) => !now.includes(scope))
    const fresh = now.filter((scope) => !old.includes(scope))
    if (gone.length > 0) await tx.db.deviceScope.deleteMany({ where: { deviceId, kind, scope: { in: gone } } })
    rows.push(...fresh.map((scope) => ({ deviceId, kind, scope })))
  }
  await insertRows(tx, "DeviceScope", rows)
}

async function saveNames(tx: Tx, before: Device, after: Device): Promise<void> {
  if (before.metadata === after.metadata && before.roles === after.roles) return
  const { deviceId, metadata, roles } = after
  const { label, lastAddress } = await tx.db.device.findUniqueOrThrow({
    where: { deviceId },
    select: { label: true, lastAddress: true },
  })
  const named = { deviceId, ...metadata, label, lastAddress, roles }
  await tx.db.device.update({ where: { deviceId }, data: { sortName: sortName(named) }, select: { deviceId: true } })
  await saveTerms(tx, [named])
}
