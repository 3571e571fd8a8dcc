import { describe, expect, it } from "vitest"
import { createTeller } from "./teller"

const row = (requestId: string, deviceId: string, filedAtMs = 10) => ({ requestId, deviceId, filedAtMs })

/** A teller whose notifications are noted as they come and go. */
function openTeller(sinceMs = 0) {
  const events: string[] = []
  const noted = (name: string) => {
    events.push(name)
    return { close: () => events.push(`close ${name}`) }
  }
  const teller = createTeller({
    sinceMs,
    show: ({ requestId }: ReturnType<typeof row>) => noted(requestId),
    showMore: (count) => noted(`${count} more`),
  })
  return {
    teller,
    look: (...rows: ReturnType<typeof row>[]) => {
      events.length = 0
      teller.look(rows)
      return events
    },
  }
}

describe("a notification", () => {
  it("is shown once for a request, however often it is seen waiting", () => {
    const { look } = openTeller()
    expect(look(row("a", "phone"))).toEqual(["a"])
    expect(look(row("a", "phone"))).toEqual([])
  })

  it("goes when its request does", () => {
    const { look } = openTeller()
    look(row("a", "phone"), row("b", "laptop"))
    expect(look(row("b", "laptop"))).toEqual(["close a"])
  })

  it("is replaced, not joined, when the device asks for something else", () => {
    const { look } = openTeller()
    look(row("a", "phone"))
    expect(look(row("b", "phone", 20))).toEqual(["b"])
    expect(look()).toEqual(["close b"])
  })

  it("is not shown for what waited before", () => {
    const { look } = openTeller(10)
    expect(look(row("a", "phone", 10), row("b", "laptop", 11))).toEqual(["b"])
  })

  it("stands for many where many come at once", () => {
    const { teller, look } = openTeller()
    const many = Array.from({ length: 9 }, (_, index) => row(`r${index}`, `d${index}`))
    expect(look(...many)).toEqual(["r0", "r1", "r2", "r3", "r4", "4 more"])
    expect(look(...many)).toEqual([])
    expect(look(...many.slice(2))).toEqual(["close r0", "close r1", "r5", "r6", "2 more"])
    expect(look(...many.slice(2, 7))).toEqual(["close 2 more"])
    teller.stop()
    expect(look()).toEqual([])
  })
})
