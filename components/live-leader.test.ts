import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { leadByLease, leadWhileShown, type Tab } from "./live-leader"

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** The tabs of one browser: what one writes, the others hear of a moment later. */
function openBrowser() {
  const rows = new Map<string, string>()
  const looks = new Map<string, { look: () => void; leave: () => void }>()
  const hidden = new Set<string>()
  const leading = new Set<string>()
  const tell = (from: string) => {
    for (const [name, { look }] of looks) if (name !== from) setTimeout(() => looks.has(name) && look(), 5)
  }
  const tabOf = (name: string): Tab => ({
    storage: {
      getItem: (key) => rows.get(key) ?? null,
      setItem: (key, value) => {
        rows.set(key, value)
        tell(name)
      },
      removeItem: (key) => {
        rows.delete(key)
        tell(name)
      },
    },
    isHidden: () => hidden.has(name),
    watch: (look, leave) => {
      looks.set(name, { look, leave })
      return () => looks.delete(name)
    },
  })
  const lead = (name: string) => () => {
    leading.add(name)
    return () => leading.delete(name)
  }
  return {
    rows,
    hidden,
    leading,
    open: (name: string) => leadByLease(tabOf(name), lead(name)),
    openAlone: (name: string) => leadWhileShown(tabOf(name), lead(name)),
    /** What the browser tells a tab that was hidden, shown or left. */
    tellOf: (name: string, what: "look" | "leave") => looks.get(name)?.[what](),
  }
}

const names = ["a", "b", "c", "d", "e", "f", "g", "h"]

it("one of many tabs leads, also when all are opened at once", () => {
  const { open, leading } = openBrowser()
  for (const name of names) open(name)
  vi.advanceTimersByTime(1_000)
  expect(leading.size).toBe(1)
  const first = [...leading]
  vi.advanceTimersByTime(3_600_000)
  expect([...leading]).toEqual(first)
})

it("the lead passes on at once when its tab is closed", () => {
  const { open, leading } = openBrowser()
  const close = new Map(names.map((name) => [name, open(name)]))
  for (let left = names.length; left > 0; left--) {
    vi.advanceTimersByTime(1_000)
    expect(leading.size).toBe(1)
    for (const name of [...leading]) close.get(name)?.()
    expect(leading.size).toBe(0)
  }
})

it("a page that goes away gives the lead up, and takes part again when it comes back", () => {
  const { open, leading, tellOf } = openBrowser()
  open("a")
  vi.advanceTimersByTime(1_000)
  open("b")
  tellOf("a", "leave")
  vi.advanceTimersByTime(1_000)
  expect([...leading]).toEqual(["b"])
  tellOf("b", "leave")
  tellOf("a", "look")
  vi.advanceTimersByTime(1_000)
  expect([...leading]).toEqual(["a"])
})

it.each([
  ["looked at", 6_000],
  ["hidden", 150_000],
])("a tab that is %s takes over from a silent leader after %i ms, not before", (state, patienceMs) => {
  const { open, rows, leading, hidden } = openBrowser()
  rows.set("gatehouse-live-leader", `silent ${Date.now()}`)
  if (state === "hidden") hidden.add("a")
  open("a")
  vi.advanceTimersByTime(patienceMs)
  expect(leading.size).toBe(0)
  vi.advanceTimersByTime(3_000)
  expect([...leading]).toEqual(["a"])
})

it("a leader whose lead was taken while it slept steps down as soon as it wakes", () => {
  const { open, rows, leading, tellOf } = openBrowser()
  open("a")
  vi.advanceTimersByTime(1_000)
  expect([...leading]).toEqual(["a"])
  rows.set("gatehouse-live-leader", `another ${Date.now()}`)
  tellOf("a", "look")
  expect(leading.size).toBe(0)
})

it.each(["", "nonsense", "silent 99999999999999"])("a lease that cannot be (%j) holds nobody up", (text) => {
  const { open, rows, leading } = openBrowser()
  rows.set("gatehouse-live-leader", text)
  open("a")
  vi.advanceTimersByTime(1_000)
  expect([...leading]).toEqual(["a"])
})

it("where tabs cannot share, those that are looked at lead", () => {
  const { openAlone, hidden, leading, tellOf } = openBrowser()
  hidden.add("b")
  openAlone("a")
  const close = openAlone("b")
  expect([...leading]).toEqual(["a"])
  hidden.delete("b")
  hidden.add("a")
  tellOf("a", "look")
  tellOf("b", "look")
  expect([...leading]).toEqual(["b"])
  close()
  expect(leading.size).toBe(0)
})
