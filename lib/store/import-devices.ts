import { type ForeignDevice, type NotTakenOver, type TakenOver, takeOver } from "@/lib/pairing/imported"
import type { DeviceRecord } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import { saveTerms, sortName } from "./device-terms"
import { loadRecord, readRecord } from "./load-record"
import { saveBy } from "./on-device"
import { rightsSide } from "./rights-side"
import { runWithRows } from "./rows-statement"
import { saveRecord } from "./save-record"
import type { Store } from "./store"
import { inTransaction, lock, type Tx } from "./transaction"

/** A device as another gateway kept it, with what its people and its traffic left there. */
export type IncomingDevice = {
  readonly rights: ForeignDevice
  /** What an admin there called it. */
  readonly label: string | null
  readonly lastAddress: string | null
  readonly lastSeenAtMs: number | null
}

export type ImportAnswer = { readonly device: IncomingDevice; readonly result: TakenOver | NotTakenOver }

export type ImportInput = {
  /** Where it was read, for the audit log: a file's name. */
  readonly from: string
  readonly nowMs: number
}

/** Who stands behind what is taken over. */
export const importer: Actor = { kind: "system", name: "import from another gateway" }

/** What would become of some devices of another gateway. Writes nothing. */
export async function previewImport(
  store: Store,
  devices: readonly IncomingDevice[],
  { nowMs }: Pick<ImportInput, "nowMs">,
): Promise<readonly ImportAnswer[]> {
  const removed = await removedAmong(store.db, devices)
  const { pendingTtlMs } = (await store.policy()).policy
  const answers: ImportAnswer[] = []
  for (const device of devices) {
    const { deviceId } = device.rights
    const record = await readRecord(store, { deviceId, pendingTtlMs, nowMs })
    answers.push(judge(device, record, removed))
  }
  return answers
}

/**
 * Takes some devices over from another gateway, all in one transaction, each with its audit entry. What is here
 * already is left as it is, so that a second run changes nothing. No device may be among them twice.
 */
export async function importDevices(
  store: Store,
  devices: readonly IncomingDevice[],
  input: ImportInput,
): Promise<readonly ImportAnswer[]> {
  if (devices.length === 0) return []
  return inTransaction(store, async (tx) => {
    // Always in the same order, or this and commands on two of the devices could wait for each other.
    for (const deviceId of devices.map(({ rights }) => rights.deviceId).toSorted()) await lock(tx, `device:${deviceId}`)
    const removed = await removedAmong(tx.db, devices)
    const answers: ImportAnswer[] = []
    for (const device of devices) {
      const record = await loadRecord(tx, device.rights.deviceId, input.nowMs)
      const answer = judge(device, record, removed)
      answers.push(answer)
      if (answer.result.ok) await bring(tx, device, record, answer.result, input)
    }
    await saveTraces(tx, answers)
    return answers
  })
}

function judge(device: IncomingDevice, record: DeviceRecord, removed: ReadonlySet<string>): ImportAnswer {
  return { device, result: takeOver(record, device.rights, { wasRemoved: removed.has(device.rights.deviceId) }) }
}

/** Those that were removed here, as the audit log knows. */
async function removedAmong(
  db: Pick<Tx["db"], "auditEntry">,
  devices: readonly IncomingDevice[],
): Promise<ReadonlySet<string>> {
  const deviceId = { in: devices.map(({ rights }) => rights.deviceId) }
  const rows = await db.auditEntry.findMany({
    where: { deviceId, action: "device.removed" },
    select: { deviceId: true },
  })
  return new Set(rows.flatMap((row) => row.deviceId ?? []))
}

async function bring(
  tx: Tx,
  { rights, lastAddress }: IncomingDevice,
  before: DeviceRecord,
  { next, device, leftBehind }: TakenOver,
  { from, nowMs }: ImportInput,
): Promise<void> {
  const { deviceId } = rights
  const left = leftBehind.map(({ what, names }) => `${what}: ${names.join(" ")}`)
  const entryId = await recordAudit(tx, {
    ...{ action: "device.imported", actor: importer, atMs: nowMs, deviceId, subject: from },
    after: {
      name: device.metadata.displayName,
      approvedVia: rights.approvedVia,
      ...rightsSide(device),
      ...(left.length > 0 && { leftBehind: left }),
    },
  })
  const save = saveBy(importer, { deviceId, nowMs }, { issuedHow: "import", address: lastAddress, entryId })
  await saveRecord(tx, before, next, save)
}

/** What no rule looks at: what the devices are called by people, and when they and their tokens were last seen. */
async function saveTraces(tx: Tx, answers: readonly ImportAnswer[]): Promise<void> {
  const brought = answers.filter(({ result }) => result.ok).map(({ device }) => device)
  const seen = brought.flatMap(({ rights, lastSeenAtMs }) => withTime(rights.deviceId, lastSeenAtMs))
  await runWithRows(
    tx,
    { types: idAndTime, rows: seen },
    (select) => `WITH v(c0, c1) AS (${select}) UPDATE "Device"
      SET "lastSeenAtMs" = v.c1 FROM v WHERE "Device"."deviceId" = v.c0`,
  )
  const used = brought.flatMap(({ rights }) =>
    rights.tokens.flatMap((token) => withTime(token.tokenId, token.lastUsedAtMs)),
  )
  await runWithRows(
    tx,
    { types: idAndTime, rows: used },
    (select) => `WITH v(c0, c1) AS (${select}) UPDATE "Token"
      SET "lastUsedAtMs" = v.c1 FROM v WHERE "Token"."tokenId" = v.c0`,
  )
  const named = answers.flatMap(({ device, result }) =>
    result.ok && device.label !== null ? [{ device, result }] : [],
  )
  const sources = named.map(({ device: { label, lastAddress }, result: { device } }) => {
    const { deviceId, roles, metadata } = device
    return { ...metadata, deviceId, roles, label, lastAddress }
  })
  for (const source of sources) {
    const data = { label: source.label, sortName: sortName(source) }
    await tx.db.device.update({ where: { deviceId: source.deviceId }, data, select: { deviceId: true } })
  }
  await saveTerms(tx, sources)
}

const idAndTime = ["TEXT", "DOUBLE PRECISION"] as const

const withTime = (id: string, atMs: number | null) => (atMs === null ? [] : [[id, atMs]])
