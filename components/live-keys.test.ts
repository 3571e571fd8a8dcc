import { describe, expect, it } from "vitest"
import type { Change } from "@/lib/console/types"
import { keysOf } from "./live-keys"

const request = { kind: "request", requestId: "r", deviceId: "d" } as const
const device = { kind: "device", deviceId: "d" } as const

/** The keys of a change that concern the queue. */
const ofQueue = (change: Change) => keysOf(change).filter(([list, part]) => list === "requests" && part === "queue")

it("asks again how requests ended where rights change, for that may undo an approval", () => {
  expect(keysOf({ ...device, what: "rights" })).toContainEqual(["requests", "ended"])
  expect(keysOf({ ...device, what: "name" })).not.toContainEqual(["requests", "ended"])
})

describe("of the queue", () => {
  it.each<[string, Change, readonly (readonly string[])[]]>([
    [
      "a request that arrives renews its row",
      { ...request, status: "pending" },
      [["requests", "queue", "request", "r"]],
    ],
    ["a request that ends renews its row", { ...request, status: "approved" }, [["requests", "queue", "request", "r"]]],
    ["another name of a device renews its rows", { ...device, what: "name" }, [["requests", "queue", "device", "d"]]],
    ["another policy renews the whole list", { kind: "policy", version: 2 }, [["requests", "queue"]]],
    ["an attempt renews nothing", { ...device, what: "attempt" }, []],
    ["a connection renews nothing", { kind: "presence", deviceId: "d", online: true }, []],
  ])("%s", (_, change, keys) => {
    expect(ofQueue(change)).toEqual(keys)
  })
})
