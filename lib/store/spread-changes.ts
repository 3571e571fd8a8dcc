import type { Change, Spread } from "./hub"
import { beginReading, keepAlone, keepChanges, type Progress, readOn } from "./kept-changes"
import { type ListenConnection, openListenConnection } from "./listen-connection"
import { longestWord, readWord, type Word } from "./words"

export type OpenSpread = Spread & { close(): Promise<void> }

const channel = "gatehouse_changes"
/** A ring that does not come, for whatever reason, delays a change by this at most. */
const beatMs = 500
/** Bursts of commands ring, and are read, together. */
const gatherMs = 20
const retryMs = 500
/** Of what no transaction made, while the database is away. */
const maxUnsent = 1_000
/** What waits to be said is of the last moment only: nobody misses it. */
const maxUnsaid = 10

/**
 * Connects the processes on one PostgreSQL database. What others changed is read from the table of kept changes: when
 * one of them rings, with every beat, and as soon as a lost connection was replaced. So whatever was committed is
 * heard once, and a ring only makes it quicker.
 */
export async function openSpread(options: {
  /** Straight to PostgreSQL: a pool that lends a connection for one transaction hears nothing. */
  readonly url: string
  /** Tells this process from the others. */
  readonly process: string
  readonly deliver: (changes: readonly Change[]) => void
  readonly hear?: (word: Word) => void
}): Promise<OpenSpread> {
  const { url, process, deliver, hear = () => {} } = options
  const due = { ring: false, read: false }
  let connection: ListenConnection | null = null
  let openedAtMs = 0
  let progress: Progress | null = null
  let unsent: Change[] = []
  let unsaid: string[] = []
  let isClosed = false
  let isTroubleTold = false
  let retry: NodeJS.Timeout | null = null
  let working: Promise<void> | null = null

  async function connect(): Promise<ListenConnection> {
    const fresh = await openListenConnection(url, channel, {
      onMessage,
      onEnd: () => drop(fresh),
    })
    openedAtMs = performance.now()
    if (isClosed) await fresh.close()
    else connection = fresh
    return fresh
  }

  /** A ring is the name of its process alone; behind it may stand a word. */
  function onMessage(message: string): void {
    const [from, ...rest] = message.split(" ")
    if (from === process) return
    const word = readWord(rest.join(" "))
    if (rest.length === 0) wake("read")
    else if (word !== null) hear(word)
  }

  function drop(over: ListenConnection): void {
    if (connection !== over) return
    connection = null
    void over.close()
    // At once: whoever ends it usually leaves the database up. Not in a circle, though.
    if (!isClosed) again(performance.now() - openedAtMs > retryMs ? 0 : retryMs)
  }

  function again(afterMs: number): void {
    retry = setTimeout(() => {
      if (isClosed) return
      connect()
        .then(() => wake("read"))
        .catch(() => again(retryMs))
    }, afterMs)
    retry.unref()
  }

  /** Has something done over the connection, now or once there is one. */
  function wake(what: "ring" | "read" | null): void {
    if (what !== null) due[what] = true
    if (connection === null || working !== null) return
    const over = connection
    working = work(over)
      .then(
        () => {
          isTroubleTold = false
        },
        (error: unknown) => {
          tellTrouble(error)
          drop(over)
        },
      )
      .then(() => {
        working = null
        if (due.ring || due.read || unsent.length + unsaid.length > 0) setTimeout(() => wake(null), gatherMs).unref()
      })
  }

  /** Where something fails another connection is opened, which goes on from here. */
  async function work(over: ListenConnection): Promise<void> {
    const telling = unsent
    if (telling.length > 0) {
      await keepAlone(over, process, telling)
      unsent = unsent.filter((change) => !telling.includes(change))
      due.ring = true
    }
    if (due.ring) {
      due.ring = false
      await over.ask("SELECT pg_notify($1, $2)", [channel, process]).catch((error: unknown) => {
        due.ring = true
        throw error
      })
    }
    for (const word of unsaid.splice(0)) await over.ask("SELECT pg_notify($1, $2)", [channel, `${process} ${word}`])
    if (due.read) {
      due.read = false
      progress ??= await beginReading(over)
      const read = await readOn(over, process, progress)
      progress = read.progress
      deliver(read.changes)
    }
  }

  function tellTrouble(error: unknown): void {
    if (!isTroubleTold && !isClosed)
      console.error("What other processes change cannot be heard for now:", reasonOf(error))
    isTroubleTold = true
  }

  try {
    progress = await beginReading(await connect())
  } catch (error) {
    isClosed = true
    throw error
  }
  const beat = setInterval(() => wake("read"), beatMs)
  beat.unref()
  return {
    keep: (db, changes) => keepChanges(db, process, changes),
    ring: () => wake("ring"),
    tell(changes) {
      unsent = [...unsent, ...changes].slice(-maxUnsent)
      wake(null)
    },
    say(word) {
      const text = JSON.stringify(word)
      if (Buffer.byteLength(text) > longestWord) throw new Error(`Too long to be said: ${text.slice(0, 80)}`)
      unsaid = [...unsaid, text].slice(-maxUnsaid)
      wake(null)
    },
    async close() {
      isClosed = true
      clearInterval(beat)
      if (retry !== null) clearTimeout(retry)
      await working
      due.read = false
      if (connection !== null && (due.ring || unsent.length + unsaid.length > 0))
        await work(connection).catch(() => undefined)
      await connection?.close()
    },
  }
}

function reasonOf(error: unknown): unknown {
  return error instanceof Error ? error.message : error
}
