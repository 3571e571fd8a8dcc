import { type FileHandle, open } from "node:fs/promises"

/** Waits until everything that was committed before is on the disk. */
export type Durable = {
  (): Promise<void>
  close(): Promise<void>
}

/**
 * Makes commits last that SQLite itself did not wait for: whoever committed waits here before it answers. One flush
 * serves all commits before it, and runs beside the event loop, where SQLite's own would hold up every handshake for
 * as long as the disk takes. `walFile` is the write-ahead log of an open database.
 */
export function createDurable(walFile: string): Durable {
  let file: FileHandle | null = null
  let running: Promise<void> = Promise.resolve()
  /** The flush that has not begun yet. */
  let next: Promise<void> | null = null

  async function flush(): Promise<void> {
    // From here on another commit may come too late for this one.
    next = null
    // Opened for writing, for elsewhere than on Linux nothing else can be flushed.
    file ??= await open(walFile, "r+")
    await file.datasync()
  }

  const durable = () => {
    next ??= running.then(flush)
    running = next.catch(() => undefined)
    return next
  }
  return Object.assign(durable, {
    async close() {
      await running
      await file?.close()
    },
  })
}
