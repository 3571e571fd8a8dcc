import { QueryClient, QueryObserver } from "@tanstack/react-query"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { partKey, queueKey, renewKeys, renewRows, rowsKey } from "./queue-renewal"

type Row = { requestId: string; deviceId: string; filedAtMs: number; label: string | null }
type RequestQueue = { rows: readonly Row[]; isMore: boolean; most: number }

function row(requestId: string, filedAtMs: number): Row {
  return { requestId, filedAtMs, deviceId: `device of ${requestId}`, label: null }
}

const [first, second, third] = [row("a", 1), row("b", 2), row("c", 3)]
const nothing: RequestQueue = { rows: [], isMore: false, most: 9 }
const idsOf = (queue: { rows: readonly Row[] }) => queue.rows.map(({ requestId }) => requestId)

describe("renewing", () => {
  const asked: string[] = []
  const answers = new Map<string, () => unknown>()
  let queries: QueryClient
  let stop: () => void

  beforeEach(() => {
    asked.length = 0
    answers.clear()
    answers.set("/api/requests", () => ({ rows: [first, second], isMore: false, most: 9 }))
    vi.stubGlobal("fetch", async (path: string, { signal }: RequestInit = {}) => {
      asked.push(path)
      signal?.throwIfAborted()
      const body = answers.get(path.split("?", 1)[0] ?? "")?.()
      return body === undefined ? new Response(null, { status: 503 }) : Response.json(body)
    })
    queries = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } })
    queries.setQueryData(queueKey, { rows: [first, second], isMore: false, most: 9 })
    const queryFn = async () => (await fetch("/api/requests")).json()
    stop = new QueryObserver(queries, { queryKey: queueKey, queryFn }).subscribe(() => {})
  })
  afterEach(() => {
    stop()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  const shown = () => idsOf(queries.getQueryData<RequestQueue>(queueKey) ?? nothing)

  it("asks for the rows that a change names, and for nothing else", async () => {
    answers.set("/api/requests/waiting", () => [third])
    renewKeys(queries, [rowsKey({ requestId: "c" }), rowsKey({ requestId: "a" })])
    await expect.poll(shown).toEqual(["b", "c"])
    expect(asked).toEqual(["/api/requests/waiting?id=c&id=a"])
  })

  it("asks for the rows of a device that has some, and not at all for others", async () => {
    answers.set("/api/requests/waiting", () => [{ ...first, label: "Ops" }])
    await renewRows(queries, { requests: new Set(), devices: new Set(["device of nobody"]) })
    expect(asked).toEqual([])
    await renewRows(queries, { requests: new Set(), devices: new Set([first.deviceId]) })
    expect(asked).toEqual(["/api/requests/waiting?id=a"])
    expect(queries.getQueryData<RequestQueue>(queueKey)?.rows[0]?.label).toBe("Ops")
  })

  it.each<[string, () => void]>([
    ["its rows could not be asked for", () => answers.delete("/api/requests/waiting")],
    ["it had become old anyway", () => queries.invalidateQueries({ queryKey: queueKey, refetchType: "none" })],
  ])("asks for the whole list where %s", async (_, happen) => {
    answers.set("/api/requests/waiting", () => [])
    happen()
    await renewRows(queries, { requests: new Set(["a"]) })
    expect(asked.at(-1)).toBe("/api/requests")
    expect(shown()).toEqual(["a", "b"])
  })

  it("asks for the whole list where the list came anew while its rows were on the way", async () => {
    answers.set("/api/requests/waiting", () => {
      queries.setQueryData(queueKey, { rows: [first, second, third], isMore: false, most: 9 })
      return []
    })
    await renewRows(queries, { requests: new Set(["a"]) })
    expect(asked).toEqual(["/api/requests/waiting?id=a", "/api/requests"])
  })

  it("asks for the whole list where one ended of a list that does not hold all that wait", async () => {
    queries.setQueryData(queueKey, { rows: [first, second], isMore: true, most: 2 })
    answers.set("/api/requests/waiting", () => [])
    await renewRows(queries, { requests: new Set(["a"]) })
    expect(asked.at(-1)).toBe("/api/requests")
  })

  it("asks for the whole list rather than for very many rows", async () => {
    await renewRows(queries, { requests: new Set(Array.from({ length: 101 }, (_, index) => `id ${index}`)) })
    expect(asked).toEqual(["/api/requests"])
  })

  it("waits for a list that is on its way, and does not begin it again", async () => {
    answers.set("/api/requests/waiting", () => [third])
    void queries.invalidateQueries({ queryKey: queueKey })
    await renewRows(queries, { requests: new Set(["c"]) })
    expect(asked).toEqual(["/api/requests", "/api/requests/waiting?id=c"])
    expect(shown()).toEqual(["a", "b", "c"])
  })

  it("goes on after an answer that never came", async () => {
    vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(AbortSignal.abort())
    answers.set("/api/requests/waiting", () => [third])
    await renewRows(queries, { requests: new Set(["c"]) })
    expect(asked.at(-1)).toBe("/api/requests")
    await renewRows(queries, { requests: new Set(["c"]) })
    expect(shown()).toEqual(["a", "b", "c"])
  })

  describe("with the part of one reason beside it", () => {
    const key = partKey("scope-upgrade")
    const more = (requestId: string, filedAtMs: number) => ({ ...row(requestId, filedAtMs), reason: "scope-upgrade" })
    const part = { rows: [more("m", 9)], isMore: true, most: 1, reason: "scope-upgrade" }
    const partShown = () => idsOf(queries.getQueryData<RequestQueue>(key) ?? nothing)
    let stopPart: () => void

    beforeEach(() => {
      queries.setQueryData(queueKey, { rows: [first, second], isMore: true, most: 2 })
      queries.setQueryData(key, part)
      answers.set("/api/requests/part", () => part)
      const queryFn = async () => (await fetch("/api/requests/part")).json()
      stopPart = new QueryObserver(queries, { queryKey: key, queryFn }).subscribe(() => {})
    })
    afterEach(() => stopPart())

    it("takes in the rows of that reason alone, and asks for neither list again", async () => {
      answers.set("/api/requests/waiting", () => [{ ...third, reason: "not-paired" }, more("l", 8)])
      await renewRows(queries, { requests: new Set(["c", "l"]) })
      expect(asked).toEqual(["/api/requests/waiting?id=c&id=l"])
      expect([shown(), partShown()]).toEqual([["a", "b"], ["l"]])
    })

    it("asks for the part again where one of it ended", async () => {
      answers.set("/api/requests/waiting", () => [])
      await renewRows(queries, { requests: new Set(["m"]) })
      expect(asked.slice(1).sort()).toEqual(["/api/requests", "/api/requests/part"])
    })

    it("knows the devices that only the part has", async () => {
      answers.set("/api/requests/waiting", () => [{ ...more("m", 9), label: "Ops" }])
      await renewRows(queries, { requests: new Set(), devices: new Set(["device of m"]) })
      expect(queries.getQueryData<RequestQueue>(key)?.rows[0]?.label).toBe("Ops")
    })

    it("forgets it once nobody looks at it", async () => {
      stopPart()
      answers.set("/api/requests/waiting", () => [third])
      await renewRows(queries, { requests: new Set(["c"]) })
      expect(queries.getQueryData(key)).toBeUndefined()
      expect(shown()).toEqual(["a", "b"])
    })
  })

  it("only marks as old what nobody looks at", async () => {
    stop()
    await renewRows(queries, { requests: new Set(["a"]) })
    expect(asked).toEqual([])
    expect(queries.getQueryState(queueKey)?.isInvalidated).toBe(true)
  })
})
