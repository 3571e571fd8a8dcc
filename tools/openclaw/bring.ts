import { setTimeout as pause } from "node:timers/promises"
import type { DeviceRecord } from "@/lib/pairing/types"
import { type ImportAnswer, type IncomingDevice, importDevices, previewImport } from "@/lib/store/import-devices"
import { importRequest, previewRequest } from "@/lib/store/import-requests"
import type { Store } from "@/lib/store/store"
import { readDevice, readRequest } from "./records"
import type { ForeignStore } from "./stores"
import { createTally, type Tally } from "./tally"
import { deviceWords, differenceWords, leftBehindWords, refusalWords, visible } from "./words"

/** Devices that are written together: a running server that shares the database waits for no more than that. */
const perTransaction = 50

type Run = {
  readonly store: Store
  readonly isApplied: boolean
  readonly devices: Tally
  readonly requests: Tally
  /** Every id that was met: the newer store wins, as it does where its own gateway meets both. */
  readonly met: Set<string>
  /** Those that requests are of, with what becomes of them: a preview does not find them in the database. */
  readonly asking: Map<string, DeviceRecord | null>
  tokens: number
}

export type Brought = Pick<Run, "devices" | "requests" | "tokens">

/** Reads what a state directory holds, tells what becomes of each device and request, and does it where that is wanted. */
export async function bring(
  store: Store,
  stores: readonly ForeignStore[],
  options: { readonly isApplied: boolean; readonly tellsAll: boolean; readonly say: (line: string) => void },
): Promise<Brought> {
  const { isApplied, say } = options
  const run: Run = {
    ...{ store, isApplied, devices: createTally(options), requests: createTally(options) },
    ...{ met: new Set(), asking: await askingIn(stores), tokens: 0 },
  }
  for (const source of stores) {
    say(`Devices in ${source.name} (${source.format}):`)
    for await (const batch of batches(source, run)) await takeDevices(batch, source, run)
  }
  for (const source of stores) {
    say(`Requests beside ${source.name}:`)
    for await (const [name, record] of source.pending()) await takeRequest(name, record, source, run)
  }
  return run
}

async function askingIn(stores: readonly ForeignStore[]): Promise<Run["asking"]> {
  const asking: Run["asking"] = new Map()
  for (const source of stores) {
    for await (const [name, record] of source.pending()) {
      const read = readRequest(name, record)
      if (read.ok) asking.set(read.value.deviceId, null)
    }
  }
  return asking
}

async function* batches(source: ForeignStore, run: Run): AsyncGenerator<readonly IncomingDevice[]> {
  let batch: IncomingDevice[] = []
  for await (const [id, record] of source.paired()) {
    const read = readDevice(id, record)
    if (!read.ok) {
      run.devices.add(read.because, `- ${nameOf(read.name, id)}: left out, ${refusalWords[read.because]}`)
    } else if (run.met.has(read.value.rights.deviceId)) {
      run.devices.add("twice", `- ${nameOf(read.value.label, id)}: left out, ${refusalWords.twice}`)
    } else {
      run.met.add(read.value.rights.deviceId)
      batch.push(read.value)
    }
    if (batch.length < perTransaction) continue
    yield batch
    batch = []
  }
  yield batch
}

async function takeDevices(batch: readonly IncomingDevice[], source: ForeignStore, run: Run): Promise<void> {
  const nowMs = Date.now()
  const { store, isApplied } = run
  const answers = isApplied
    ? await importDevices(store, batch, { from: source.name, nowMs })
    : await previewImport(store, batch, { nowMs })
  for (const answer of answers) tellDevice(answer, run)
  // On SQLite there is one writer: whoever else wants to write polls for it, and finds it free now.
  if (isApplied && store.dialect === "sqlite") await pause(25)
}

function tellDevice({ device: { label, rights }, result }: ImportAnswer, run: Run): void {
  const { deviceId, metadata } = rights
  const who = nameOf(label ?? metadata.displayName, deviceId)
  if (!result.ok) {
    const { because } = result
    run.devices.add(because, `- ${who}: left out, ${refusalWords[because]}${differenceWords(result)}`)
    return
  }
  run.tokens += Object.keys(result.device.tokens).length
  if (run.asking.has(deviceId)) run.asking.set(deviceId, result.next)
  const left = result.leftBehind.map((each) => `; ${leftBehindWords(each)}`)
  run.devices.add("brought", `+ ${who}: ${deviceWords(result.device)}${left.join("")}`)
}

async function takeRequest(name: string, record: unknown, source: ForeignStore, run: Run): Promise<void> {
  const { store, requests } = run
  const nowMs = Date.now()
  const read = readRequest(name, record)
  if (!read.ok) {
    requests.add(read.because, `- ${nameOf(read.name, name)}: left out, ${refusalWords[read.because]}`)
    return
  }
  const foreign = read.value
  const result = run.isApplied
    ? await importRequest(store, foreign, { from: source.name, nowMs })
    : await previewRequest(store, foreign, { nowMs, brought: run.asking.get(foreign.deviceId) ?? null })
  const who = nameOf(foreign.metadata.displayName, foreign.deviceId)
  if (result.ok) requests.add("brought", `+ ${who}: waits for an admin here, too`)
  else requests.add(result.because, `- ${who}: left out, ${refusalWords[result.because]}`)
}

function nameOf(name: string | null, id: string): string {
  return name === null ? visible(id.slice(0, 12)) : `${visible(name)} (${visible(id.slice(0, 12))})`
}
