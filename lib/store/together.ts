import { randomUUID } from "node:crypto"
import type { Database, DatabaseLocation } from "./client"
import { type Clock, createClock } from "./clock"
import type { Hub } from "./hub"
import { readOtherConnections } from "./other-connections"
import { createPresence, type Presence } from "./presence"
import {
  createProcesses,
  onlyProcess,
  type Processes,
  type ProcessRole,
  readDatabaseClock,
  toChanges,
} from "./processes"
import { type OpenSpread, openSpread } from "./spread-changes"
import type { Word } from "./words"

/** What makes several processes on one database one installation. */
export type Together = {
  readonly clock: Clock
  readonly presence: Presence
  readonly processes: Processes
  /** Null where there is one process only. */
  readonly spread: OpenSpread | null
}

/** Joins the processes on a PostgreSQL database; on SQLite there is one, and nothing to join. */
export async function openTogether(options: {
  readonly database: Database
  /** Where listening works. */
  readonly direct: DatabaseLocation
  readonly role: ProcessRole
  readonly deliver: Hub["deliver"]
}): Promise<Together> {
  const { database, direct, role, deliver } = options
  const clock = createClock()
  if (direct.dialect === "sqlite") return { clock, presence: createPresence(), processes: onlyProcess, spread: null }
  await readDatabaseClock(database, clock)
  const process = randomUUID()
  const listeners = new Set<(word: Word) => void>()
  const others = readOtherConnections(database, process)
  const presence = createPresence(others)
  const spread = await openSpread({
    ...{ url: direct.url, process, deliver },
    hear: (word) => {
      for (const listener of listeners) listener(word)
    },
  })
  listeners.add((word) => {
    if (word.kind === "failures") return
    others.forget()
    deliver(toChanges(word))
  })
  const processes = createProcesses({
    ...{ readRows: database.readRows, process, role, startedAtMs: clock.now(), presence, clock, spread },
    deliver: (changes) => {
      others.forget()
      deliver(changes)
    },
  })
  return {
    ...{ clock, presence, spread },
    processes: {
      ...processes,
      hear(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
  }
}
