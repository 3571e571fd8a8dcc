import { randomUUID } from "node:crypto"
import { connect, createServer, type Socket } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { recordAudit } from "./audit"
import type { Change, Spread } from "./hub"
import { listenerName } from "./listen-connection"
import { openSpread } from "./spread-changes"
import { openStoreAt, testLocation } from "./testing"
import { inTransaction } from "./transaction"

const actor = { kind: "system", name: "test" } as const
const revoked = (deviceId: string) =>
  ({ kind: "sessions-closed", deviceId, role: "operator", because: "test" }) as const

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/**
 * A line to a database that can go dead as a network does: connections that are open stay so, and nothing comes
 * through any more. New ones get through again, once it is mended.
 */
async function openLine(url: string): Promise<{ url: string; cut(): void; mend(): void }> {
  const target = new URL(url)
  const pairs: Socket[] = []
  let isDead = false
  const server = createServer((near) => {
    pairs.push(near)
    near.on("error", () => {})
    if (isDead) return
    const far = connect(Number(target.port), target.hostname)
    far.on("error", () => {})
    pairs.push(far)
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  endings.push(() => {
    for (const socket of pairs) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("expected a port")
  const through = new URL(url)
  through.port = String(address.port)
  return {
    url: through.href,
    cut() {
      isDead = true
      for (const socket of pairs.splice(0)) {
        socket.unpipe()
        // Read and thrown away: what is sent is gone, and nobody says so.
        socket.resume()
        endings.push(() => socket.destroy())
      }
    },
    mend() {
      isDead = false
    },
  }
}

async function listen(url: string): Promise<{ spread: Spread & { close(): Promise<void> }; heard: Change[] }> {
  const heard: Change[] = []
  const spread = await openSpread({ url, process: randomUUID(), deliver: (changes) => heard.push(...changes) })
  endings.push(() => spread.close())
  return { spread, heard }
}

async function open() {
  const location = await testLocation("postgresql")
  const url = location.databaseUrl ?? ""
  const store = await openStoreAt(location)
  return { store, url }
}

describe("a connection that is dead without saying so", () => {
  async function openBehindLine() {
    const { store, url } = await open()
    return { store, url, line: await openLine(url) }
  }

  it("is noticed, and what others changed meanwhile is delivered, once", async () => {
    const { store, line } = await openBehindLine()
    const { heard } = await listen(line.url)
    store.hub.publish([revoked("dev-0")])
    await expect.poll(() => heard).toEqual([revoked("dev-0")])
    line.cut()
    await inTransaction(store, async (tx) => tx.announce(revoked("dev-1")))
    store.hub.publish([revoked("dev-2")])
    // Long enough to be noticed, and for a new connection to be tried in vain.
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    expect(heard).toHaveLength(1)
    line.mend()
    await expect.poll(() => heard, { timeout: 10_000 }).toHaveLength(3)
    store.hub.publish([revoked("dev-3")])
    await expect.poll(() => heard).toHaveLength(4)
    expect(heard).toEqual(["dev-0", "dev-1", "dev-2", "dev-3"].map(revoked))
  })

  it("loses nothing of what was told over it", async () => {
    const { line, url } = await openBehindLine()
    const { spread } = await listen(line.url)
    const { heard } = await listen(url)
    spread.tell([revoked("dev-0")])
    await expect.poll(() => heard).toEqual([revoked("dev-0")])
    line.cut()
    line.mend()
    spread.tell([revoked("dev-1")])
    spread.tell(Array.from({ length: 40 }, (_, index) => revoked(`dev-${index + 2}`)))
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(42)
    expect(heard).toEqual(Array.from({ length: 42 }, (_, index) => revoked(`dev-${index}`)))
  })

  it("does not keep a process from ending", async () => {
    const { line } = await openBehindLine()
    const { spread } = await listen(line.url)
    line.cut()
    const startedAtMs = Date.now()
    await spread.close()
    expect(Date.now() - startedAtMs).toBeLessThan(3_000)
  })
})

function openGate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

describe("a change that was committed", () => {
  it("is heard within a second though nobody rang: its process was killed after the commit", async () => {
    const { store, url } = await open()
    const { heard } = await listen(url)
    const { spread } = await listen(url)
    await store.db.$transaction((db) => spread.keep(db, [revoked("dev-1")]))
    await expect.poll(() => heard, { timeout: 1_000, interval: 20 }).toEqual([revoked("dev-1")])
  })

  it("is heard at once when its process rings, and never by that process itself", async () => {
    const { url, store } = await open()
    const [one, other] = [await listen(url), await listen(url)]
    await store.db.$transaction((db) => one.spread.keep(db, [revoked("dev-1")]))
    one.spread.ring()
    await expect.poll(() => other.heard, { timeout: 400, interval: 10 }).toEqual([revoked("dev-1")])
    expect(one.heard).toEqual([])
  })

  it("is heard within a second by one whose connection was ended the moment before", async () => {
    const { store, url } = await open()
    const { heard } = await listen(url)
    for (let round = 0; round < 5; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 600))
      await store.db.$executeRaw`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = ${listenerName}`
      await inTransaction(store, async (tx) => tx.announce(revoked(`dev-${round}`)))
      await expect.poll(() => heard, { timeout: 1_000, interval: 20 }).toHaveLength(round + 1)
    }
  })

  it("is heard once, whatever else is open beside it and however it ends", async () => {
    const { store, url } = await open()
    const { heard } = await listen(url)
    const { spread } = await listen(url)
    const gates = Array.from({ length: 6 }, openGate)
    // Each takes its number, and ends in the opposite order; every second one is rolled back.
    const begun: Promise<void>[] = []
    const ended = gates.map(({ promise }, index) => {
      const isKept = openGate()
      begun.push(isKept.promise)
      return store.db
        .$transaction(async (db) => {
          await spread.keep(db, [revoked(`dev-${index}`)])
          isKept.resolve()
          await promise
          if (index % 2 === 1) throw new Error("on purpose")
        })
        .catch(() => undefined)
    })
    await Promise.all(begun)
    for (const [index, { resolve }] of [...gates.entries()].reverse()) {
      resolve()
      await ended[index]
      spread.ring()
      const committed = [0, 2, 4].filter((one) => one >= index).length
      await expect.poll(() => heard).toHaveLength(committed)
    }
    // Two more beats tell nothing twice.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(heard).toEqual(["dev-4", "dev-2", "dev-0"].map(revoked))
  })

  it("is told as missed once the database has forgotten it", async () => {
    const { store, url } = await open()
    const { heard } = await listen(url)
    for (const deviceId of ["dev-1", "dev-2"]) store.hub.publish([revoked(deviceId)])
    await expect.poll(() => heard).toHaveLength(2)
    await store.db.$executeRaw`SELECT setval('"KeptChange_sequence_seq"', 1)`
    await expect.poll(() => heard).toContainEqual({ kind: "missed" })
  })

  it("is heard again after readings failed for a while, though the connection stood", async () => {
    const { store, url } = await open()
    const { heard } = await listen(url)
    await store.db.$executeRaw`ALTER TABLE "KeptChange" RENAME TO "Elsewhere"`
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await store.db.$executeRaw`ALTER TABLE "Elsewhere" RENAME TO "KeptChange"`
    store.hub.publish([revoked("dev-1")])
    await expect.poll(() => heard).toEqual([revoked("dev-1")])
  })

  it("is not heard of a transaction that throws", async () => {
    const { store, url } = await open()
    const { heard } = await listen(url)
    const failing = inTransaction(store, async (tx) => {
      tx.announce(revoked("dev-1"))
      throw new Error("on purpose")
    })
    await expect(failing).rejects.toThrow("on purpose")
    await inTransaction(store, (tx) => recordAudit(tx, { action: "settings.changed", actor, atMs: 1 }))
    await expect.poll(() => heard).toEqual([expect.objectContaining({ kind: "audit" })])
  })
})
