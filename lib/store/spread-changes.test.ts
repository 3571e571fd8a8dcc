import { connect, createServer, type Socket } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { recordAudit } from "./audit"
import type { Change } from "./hub"
import { openSpread, type Spread } from "./spread-changes"
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

async function listen(url: string): Promise<{ spread: Spread; heard: Change[] }> {
  const heard: Change[] = []
  const spread = await openSpread(url, (changes) => heard.push(...changes))
  endings.push(() => spread.close())
  return { spread, heard }
}

describe("a connection that is dead without saying so", () => {
  async function open() {
    const location = await testLocation("postgresql")
    const url = location.databaseUrl ?? ""
    const store = await openStoreAt(location)
    const line = await openLine(url)
    return { store, line, url }
  }

  it("is noticed, and what others revoked meanwhile is delivered", async () => {
    const { store, line } = await open()
    const { heard } = await listen(line.url)
    store.hub.publish([revoked("dev-0")])
    await expect.poll(() => heard).toEqual([revoked("dev-0")])
    line.cut()
    const record = { action: "token.revoked", actor, atMs: Date.now(), deviceId: "dev-1" } as const
    await inTransaction(store, (tx) => recordAudit(tx, record))
    store.hub.publish([revoked("dev-1")])
    // Long enough to be noticed, and for a new connection to be tried in vain.
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    expect(heard).toHaveLength(1)
    line.mend()
    await expect
      .poll(() => heard, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ kind: "sessions-closed", deviceId: "dev-1" }))
    store.hub.publish([revoked("dev-2")])
    await expect.poll(() => heard).toContainEqual(revoked("dev-2"))
    expect(heard.filter((change) => change.kind === "sessions-closed" && change.deviceId === "dev-2")).toHaveLength(1)
  })

  it("loses nothing of what was told over it", async () => {
    const { line, url } = await open()
    const { spread } = await listen(line.url)
    const { heard } = await listen(url)
    spread.tell([revoked("dev-0")])
    await expect.poll(() => heard).toEqual([revoked("dev-0")])
    line.cut()
    line.mend()
    spread.tell([revoked("dev-1")])
    spread.tell(Array.from({ length: 40 }, (_, index) => revoked(`dev-${index + 2}`)))
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(42)
    expect(heard.map((change) => change.kind === "sessions-closed" && change.deviceId)).toEqual(
      Array.from({ length: 42 }, (_, index) => `dev-${index}`),
    )
  })

  it("does not keep a process from ending", async () => {
    const { line } = await open()
    const { spread } = await listen(line.url)
    line.cut()
    const startedAtMs = Date.now()
    await spread.close()
    expect(Date.now() - startedAtMs).toBeLessThan(3_000)
  })
})
