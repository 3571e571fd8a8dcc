import { describe, expect, it } from "vitest"
import { dialects, openTestStore } from "@/lib/store/testing"
import { readUnused } from "./device-use"

const dayMs = 86_400_000
const today = 20_500
const nowMs = today * dayMs + 1
const ceiling = ["operator.admin"]

type Use = { readonly method: string; readonly day: number; readonly refused?: number }

async function watched(uses: readonly Use[], pairedAtMs = 0) {
  const store = await openTestStore(dialects[0] ?? "sqlite")
  for (const { method, day, refused = 0 } of uses) {
    const missingScope = refused > 0 ? "operator.admin" : null
    await store.db.methodUse.create({ data: { deviceId: "d", method, day, count: 5, refused, missingScope } })
  }
  return readUnused(store, { deviceId: "d", ceiling, pairedAtMs, nowMs })
}

const longAgo: Use = { method: "cron.list", day: today - 40 }

describe("what a device does not use", () => {
  it("is told once it was watched for thirty days", async () => {
    expect(await watched([longAgo, { method: "cron.list", day: today - 2 }])).toEqual({
      days: 30,
      suffices: ["operator.read"],
      unused: ["operator.admin"],
      unknown: [],
    })
  })

  it.each([
    ["that was watched for less", [{ method: "cron.list", day: today - 2 }], 0],
    ["that was paired since", [longAgo], nowMs - dayMs],
    ["that used all it has", [longAgo, { method: "cron.add", day: today - 2 }], 0],
  ])("is not told of one %s", async (_what, uses, pairedAtMs) => {
    expect(await watched(uses, pairedAtMs)).toBeNull()
  })

  it("counts no call of longer ago, and none that was refused", async () => {
    const uses = [
      { method: "cron.add", day: today - 31 },
      { method: "cron.add", day: today - 3, refused: 5 },
    ]
    expect(await watched(uses)).toMatchObject({ suffices: [], unused: ["operator.admin"] })
  })

  it("names methods whose scope nobody knows", async () => {
    expect(await watched([longAgo, { method: "of.a.plugin", day: today - 1 }])).toMatchObject({
      unknown: ["of.a.plugin"],
    })
  })
})
