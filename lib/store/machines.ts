import type { Metadata } from "@/lib/pairing/types"
import { runWithRows } from "./rows-statement"
import type { Tx } from "./transaction"

/**
 * What several keys of one machine share: the name, platform and client that they report, to the letter. Null for a
 * device without a name. It groups rows for people to look at and proves nothing, for all of it is self-reported.
 */
export function machineKeyOf({ displayName, platform, clientId }: Metadata): string | null {
  if (displayName === null || displayName.trim() === "") return null
  return `${displayName.slice(0, 200)}\n${platform ?? ""}\n${clientId ?? ""}`
}

/** Counts devices that come, each to the keys of its machine. */
export async function addToMachines(tx: Tx, devices: readonly Metadata[]): Promise<void> {
  const counts = new Map<string, number>()
  for (const machineKey of devices.map(machineKeyOf)) {
    if (machineKey !== null) counts.set(machineKey, (counts.get(machineKey) ?? 0) + 1)
  }
  // Always in the same order, or two that count the same machines would wait for each other.
  const rows = [...counts].toSorted(([first], [second]) => (first < second ? -1 : 1))
  await runWithRows(
    tx,
    { types: ["TEXT", "INTEGER"], rows },
    (select) => `INSERT INTO "Machine" ("machineKey", "pairings") ${select}
      ON CONFLICT ("machineKey") DO UPDATE SET "pairings" = "Machine"."pairings" + excluded."pairings"`,
  )
}

/** Counts a device that leaves the keys of one machine, that comes to those of one, or both. */
export async function countMachine(tx: Tx, before: Metadata | null, after: Metadata | null): Promise<void> {
  const [old, now] = [before, after].map((metadata) => (metadata === null ? null : machineKeyOf(metadata)))
  if (old === now) return
  const steps = [
    [old, -1],
    [now, 1],
  ] as const
  // Always in the same order, or two devices that swap their names would wait for each other.
  for (const [machineKey, change] of steps.toSorted(([first], [second]) => ((first ?? "") < (second ?? "") ? -1 : 1))) {
    if (!machineKey) continue
    await tx.direct.run(
      `INSERT INTO "Machine" ("machineKey", "pairings") VALUES ($1, $2)
       ON CONFLICT ("machineKey") DO UPDATE SET "pairings" = "Machine"."pairings" + $3`,
      [machineKey, Math.max(change, 0), change],
    )
    if (change < 0) await tx.db.machine.deleteMany({ where: { machineKey, pairings: { lte: 0 } } })
  }
}
