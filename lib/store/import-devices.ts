import { type ForeignDevice, type NotTakenOver, type TakenOver, takeOver } from "@/lib/pairing/imported"
import type { DeviceRecord, Role } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { type AuditRecord, recordAudits } from "./audit"
import { loadRecord, readRecord } from "./load-record"
import { rightsSide } from "./rights-side"
import { saveNewDevices } from "./save-record"
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
export const importer: Actor = { kind: "system", name: "import" }

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
      answers.push(judge(device, await loadRecord(tx, device.rights.deviceId, input.nowMs), removed))
    }
    const taken = answers.flatMap(({ device, result }) => (result.ok ? [{ incoming: device, ...result }] : []))
    if (taken.length > 0) await keep(tx, taken, input)
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

type Taken = TakenOver & { readonly incoming: IncomingDevice }

async function keep(tx: Tx, taken: readonly Taken[], { from, nowMs }: ImportInput): Promise<void> {
  const entryIds = await recordAudits(
    tx,
    taken.map((each) => entryOf(each, { from, nowMs })),
  )
  const fresh = taken.map(({ incoming: { label, lastAddress, lastSeenAtMs, rights }, device }, index) => {
    const save = { actor: importer, atMs: nowMs, issuedHow: "import", address: lastAddress } as const
    const usedAtMs = (role: Role) => rights.tokens.find((token) => token.role === role)?.lastUsedAtMs ?? null
    const used = { operatorUsedAtMs: usedAtMs("operator"), nodeUsedAtMs: usedAtMs("node") }
    return { device, save, label, lastSeenAtMs, ...used, isBlocked: false, entryId: entryIds[index] ?? null }
  })
  await saveNewDevices(tx, fresh)
}

function entryOf({ incoming: { rights }, device, leftBehind }: Taken, { from, nowMs }: ImportInput): AuditRecord {
  const left = leftBehind.map(({ what, names }) => `${what}: ${names.join(" ")}`)
  return {
    ...{ action: "device.imported", actor: importer, atMs: nowMs, deviceId: rights.deviceId, subject: from },
    after: {
      name: device.metadata.displayName,
      approvedVia: rights.approvedVia,
      ...rightsSide(device),
      ...(left.length > 0 && { leftBehind: left }),
    },
  }
}
