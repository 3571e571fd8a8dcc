import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { compareFiled, mergeRows, type Queue } from "./merge-rows"

type Row = { readonly requestId: string; readonly filedAtMs: number; readonly tries: number }

const row = (requestId: string, filedAtMs: number): Row => ({ requestId, filedAtMs, tries: 1 })
const [first, second, third] = [row("a", 1), row("b", 2), row("c", 3)]

describe("a queue that learns of some of its rows", () => {
  const all: Queue<Row> = { rows: [first, third], isMore: false, most: 9 }
  const full = { ...all, most: 2 }
  const part = { ...full, isMore: true }

  it.each<[string, Queue<Row>, readonly string[], readonly Row[], string, boolean]>([
    ["takes in one that arrived, at its place", all, ["b"], [second], "a b c", false],
    ["lets go of one that ended", all, ["a"], [], "c", false],
    ["puts another in the place of one that it replaces", all, ["a", "d"], [row("d", 4)], "c d", false],
    ["is the same after one that came and ended unseen", all, ["x"], [], "a c", false],
    ["puts one of the same instant behind by its id", all, ["d"], [row("d", 3)], "a c d", false],
    ["takes in the first one", { ...all, rows: [] }, ["a"], [first], "a", false],
    ["grows no longer than it may, and says that there are more", full, ["b"], [second], "a b", true],
    ["has no place behind its end, where more wait", part, ["d"], [row("d", 4)], "a c", true],
    ["takes in what lies before that end", part, ["b"], [second], "a b", true],
  ])("%s", (_, before, ids, waiting, after, isMore) => {
    const merged = mergeRows(before, new Set(ids), waiting)
    expect(merged?.rows.map(({ requestId }) => requestId).join(" ")).toBe(after)
    expect(merged).toMatchObject({ isMore, most: before.most })
  })

  it("shows a row as it is now", () => {
    const tried = { ...first, tries: 2 }
    expect(mergeRows(all, new Set(["a"]), [tried])?.rows[0]).toBe(tried)
  })

  it.each([
    ["a row", "a"],
    ["one that is not listed", "x"],
  ])("does not know what follows where more wait and %s ended", (_, id) => {
    expect(mergeRows(part, new Set([id]), [])).toBeNull()
  })
})

/** What may happen to the requests, and on the way of telling it. */
type Step =
  | { readonly kind: "file" | "end" | "try" | "wait-again"; readonly at: number }
  /** So many of the changes that were not told yet are told, and their rows are asked for. */
  | { readonly kind: "tell"; readonly count: number }
  /** All that was not told yet is lost, and the list is asked for as a whole. */
  | { readonly kind: "gap" }

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("file", "end", "try", "wait-again"), at: fc.nat(7) }),
    fc.record({ kind: fc.constant("tell"), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant("gap") }),
  ),
  { maxLength: 60, size: "max" },
)

it("whatever happens, and however late it is told, rows alone lead to what the whole list would say", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 5 }), (happening, most) => {
      const requests = new Map<string, Row & { waits: boolean }>()
      const untold: string[] = []
      const waiting = () =>
        [...requests.values()]
          .filter(({ waits }) => waits)
          .map(({ waits: _, ...shown }) => shown)
          .sort(compareFiled)
      const whole = (): Queue<Row> => ({ rows: waiting().slice(0, most), isMore: waiting().length > most, most })
      let list = whole()
      const tell = (count: number) => {
        const ids = new Set(untold.splice(0, count))
        const answer = waiting().filter(({ requestId }) => ids.has(requestId))
        list = mergeRows(list, ids, answer) ?? whole()
      }
      const change = (kind: "file" | "end" | "try" | "wait-again", at: number) => {
        const requestId = `r${at}`
        const known = requests.get(requestId)
        // Some are filed in the same instant, and none in the order of their ids.
        if (kind === "file" && !known) requests.set(requestId, { ...row(requestId, (at * 5) % 8), waits: true })
        else if (kind === "end" && known?.waits) known.waits = false
        else if (kind === "wait-again" && known && !known.waits) known.waits = true
        else if (kind === "try" && known?.waits) requests.set(requestId, { ...known, tries: known.tries + 1 })
        else return
        untold.push(requestId)
      }
      for (const step of happening) {
        if (step.kind === "tell") tell(step.count)
        else if (step.kind === "gap") {
          untold.length = 0
          list = whole()
        } else change(step.kind, step.at)
      }
      tell(untold.length)
      expect(list).toEqual(whole())
    }),
    { numRuns: 1_000 },
  )
})
