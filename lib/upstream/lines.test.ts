import { describe, expect, it } from "vitest"
import { createLines } from "./lines"

const wanted = new AbortController().signal

describe("lines", () => {
  it("serve each address on its own, in order, and forget it afterwards", async () => {
    const lines = createLines({ atOnce: 1, most: 1, waitMs: 60_000 })
    const order: string[] = []
    const ends: (() => void)[] = []
    const work = (name: string) => () => {
      order.push(name)
      return new Promise<string>((resolve) => ends.push(() => resolve(name)))
    }
    const first = lines.run("a", work("a1"), wanted)
    const second = lines.run("a", work("a2"), wanted)
    const other = lines.run("b", work("b1"), wanted)
    expect(await lines.run("a", work("a3"), wanted)).toBeNull()
    expect(order).toEqual(["a1", "b1"])
    ends[0]?.()
    expect(await first).toBe("a1")
    expect(order).toEqual(["a1", "b1", "a2"])
    for (const end of ends) end()
    expect(await Promise.all([second, other])).toEqual(["a2", "b1"])
    expect(lines.size()).toBe(0)
  })

  it("go on after one that failed", async () => {
    const lines = createLines({ atOnce: 1, most: 1, waitMs: 60_000 })
    await expect(lines.run("a", () => Promise.reject(new Error("broken")), wanted)).rejects.toThrow("broken")
    expect(await lines.run("a", async () => "next", wanted)).toBe("next")
    expect(lines.size()).toBe(0)
  })
})
