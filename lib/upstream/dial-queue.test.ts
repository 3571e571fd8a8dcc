import { describe, expect, it } from "vitest"
import { createDialQueue } from "./dial-queue"

const longMs = 60_000
const wanted = new AbortController().signal

/** Work that goes on until it is ended. */
function work() {
  let end = () => {}
  const over = new Promise<string>((resolve) => {
    end = () => resolve("done")
  })
  return { run: () => over, end }
}

describe("a dial that waits for its place", () => {
  it("is served in its order, and turned away at once where too many wait", async () => {
    const queue = createDialQueue({ atOnce: 1, most: 1, waitMs: longMs })
    const first = work()
    const done = queue.run(first.run, wanted)
    const second = queue.run(async () => "second", wanted)
    expect(await queue.run(async () => "third", wanted)).toBeNull()
    expect(queue.waiting()).toBe(1)
    first.end()
    expect(await Promise.all([done, second])).toEqual(["done", "second"])
    expect(queue.waiting()).toBe(0)
  })

  it("leaves when its client does, and whoever comes next has its place", async () => {
    const queue = createDialQueue({ atOnce: 1, most: 1, waitMs: longMs })
    const first = work()
    const done = queue.run(first.run, wanted)
    const client = new AbortController()
    const gone = queue.run(async () => "never", client.signal)
    expect(queue.waiting()).toBe(1)
    client.abort()
    expect(await gone).toBeNull()
    expect(queue.waiting()).toBe(0)
    const next = queue.run(async () => "next", wanted)
    first.end()
    expect(await Promise.all([done, next])).toEqual(["done", "next"])
  })

  it("does not begin when its client is gone already, though a place is free", async () => {
    const queue = createDialQueue({ atOnce: 1, most: 1, waitMs: longMs })
    expect(await queue.run(async () => "never", AbortSignal.abort())).toBeNull()
    expect(await queue.run(async () => "next", wanted)).toBe("next")
  })

  it("waits so long and no longer, and loses nobody's place by it", async () => {
    const queue = createDialQueue({ atOnce: 1, most: 2, waitMs: 30 })
    const first = work()
    const done = queue.run(first.run, wanted)
    expect(await queue.run(async () => "never", wanted)).toBeNull()
    expect(queue.waiting()).toBe(0)
    const next = queue.run(async () => "next", wanted)
    first.end()
    expect(await Promise.all([done, next])).toEqual(["done", "next"])
    expect(await queue.run(async () => "after", wanted)).toBe("after")
  })
})

describe("a place that is lent", () => {
  it("is asked back for a client that would have to wait, and not before", async () => {
    const queue = createDialQueue({ atOnce: 2, most: 1, waitMs: longMs })
    const asked: string[] = []
    const giveBack = queue.lend(() => {
      asked.push("back")
      giveBack?.()
    })
    const first = work()
    const done = queue.run(first.run, wanted)
    expect(asked).toEqual([])
    expect(queue.lend(() => {})).toBeNull()
    expect(await queue.run(async () => "second", wanted)).toBe("second")
    expect(asked).toEqual(["back"])
    first.end()
    await done
  })

  it("is given back once, however often that is said", async () => {
    const queue = createDialQueue({ atOnce: 1, most: 1, waitMs: 20 })
    const giveBack = queue.lend(() => {})
    giveBack?.()
    giveBack?.()
    const first = work()
    const done = queue.run(first.run, wanted)
    expect(await queue.run(async () => "never", wanted)).toBeNull()
    first.end()
    await done
  })
})
