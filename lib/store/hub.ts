import type { Role } from "@/lib/pairing/types"
import type { Prisma } from "./generated/sqlite/client"
import type { RequestStatus } from "./request-status"
import type { Word } from "./words"

/** What one command changed, told once to sockets, event streams and the other processes. */
export type Change =
  | {
      readonly kind: "request"
      readonly requestId: string
      readonly deviceId: string
      readonly status: RequestStatus
    }
  | {
      readonly kind: "device"
      readonly deviceId: string
      readonly what: "paired" | "rights" | "name" | "removed" | "blocked" | "unblocked" | "attempt"
    }
  | {
      readonly kind: "sessions-closed"
      readonly deviceId: string
      /** Null closes the sockets of every role. */
      readonly role: Role | null
      readonly because: string
    }
  /** One connection that a person closed; its client may come back. */
  | { readonly kind: "session-disconnected"; readonly deviceId: string; readonly connId: string }
  | { readonly kind: "policy"; readonly version: number }
  | { readonly kind: "settings" }
  /** What is set about the gateway behind this one, or how it fares. */
  | { readonly kind: "upstream" }
  | { readonly kind: "admin-session"; readonly adminId: string; readonly sessionId: string | null }
  | { readonly kind: "presence"; readonly deviceId: string | null; readonly online: boolean }
  | { readonly kind: "audit"; readonly entryId: string }
  /** This process was away for so long that it cannot know what the others changed. No other process sends it. */
  | { readonly kind: "missed" }

export type Listener = (changes: readonly Change[]) => void

/** The way to the other processes on the same database. */
export type Spread = {
  /** Writes changes down within the transaction that makes them: the other processes hear of them if it commits. */
  keep(db: Prisma.TransactionClient, changes: readonly Change[]): Promise<void>
  /** Wakes the other processes to read what was kept. */
  ring(): void
  /** Keeps changes that no transaction made, and rings. */
  tell(changes: readonly Change[]): void
  /** Tells the processes that listen now something that nobody keeps. What cannot be told at once is not told. */
  say(word: Word): void
}

export type Hub = {
  /** What the other processes are to hear of the open transaction. Nothing, where there are none. */
  keep: Spread["keep"]
  /** Tells every listener of this process, and wakes the other processes: for changes that were kept and committed. */
  publishKept(changes: readonly Change[]): void
  /** The same for changes that no transaction made. Both return before any listener has run. */
  publish(changes: readonly Change[]): void
  /** Tells the listeners of this process only: for changes that another process made. */
  deliver(changes: readonly Change[]): void
  /** Hears every change from now on, until the returned function is called. */
  subscribe(listener: Listener): () => void
}

/**
 * Makes the one place through which changes spread. Listeners run on a later turn of the event loop, so that the
 * reply to whoever gave the command goes out before sockets are closed; one that throws does not stop the others.
 */
export function createHub(spread: () => Spread | null = () => null): Hub {
  const listeners = new Set<Listener>()
  const deliver = (changes: readonly Change[]) => {
    if (changes.length === 0) return
    setImmediate(() => {
      for (const listener of [...listeners]) tell(listener, changes)
    })
  }
  return {
    deliver,
    async keep(db, changes) {
      const told = changes.filter(isForOthers)
      if (told.length > 0) await spread()?.keep(db, told)
    },
    publishKept(changes) {
      deliver(changes)
      if (changes.some(isForOthers)) spread()?.ring()
    },
    publish(changes) {
      deliver(changes)
      const told = changes.filter(isForOthers)
      if (told.length > 0) spread()?.tell(told)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

function tell(listener: Listener, changes: readonly Change[]) {
  try {
    listener(changes)
  } catch (error) {
    console.error("A listener of the hub failed:", error)
  }
}

/** Who is connected changes with every connect; it must not cost a write in line, and is told by `Processes`. */
function isForOthers(change: Change): boolean {
  return change.kind !== "presence" && change.kind !== "missed"
}
