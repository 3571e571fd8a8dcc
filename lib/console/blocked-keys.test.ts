import { beforeEach, expect, it, vi } from "vitest"
import { blockDevice } from "@/lib/store/block-device"
import { connectDevice } from "@/lib/store/connect-device"
import type { Store } from "@/lib/store/store"
import { admin, knock } from "@/lib/store/testing-connect"
import { unblockDevice } from "@/lib/store/unblock-device"
import { loadBlockedKeys } from "./blocked-keys"
import { openTestConsole } from "./testing-console"

vi.mock("next/headers", () => import("./testing-console"))

let store: Store
const nowMs = 1_000_000

beforeEach(async () => {
  store = await openTestConsole("viewer")
})

it("has the blocked keys that are no devices, the latest first, and no other", async () => {
  await connectDevice(store, knock({ nowMs, device: "paired", from: "loopback" }))
  await connectDevice(store, knock({ nowMs, device: "a" }))
  await connectDevice(store, knock({ nowMs, device: "b" }))
  for (const [index, deviceId] of ["b", "paired", "a"].entries()) {
    const blocking = await blockDevice(store, {
      deviceId,
      actor: admin,
      nowMs: nowMs + index,
      confirmedLockout: true,
    })
    expect(blocking.ok).toBe(true)
  }
  expect(await loadBlockedKeys()).toEqual({
    count: { value: 2, more: false },
    rows: [
      { deviceId: "a", name: "Laptop", atMs: nowMs + 2, byName: "Ada" },
      { deviceId: "b", name: "Laptop", atMs: nowMs, byName: "Ada" },
    ],
  })
  await unblockDevice(store, { deviceId: "a", actor: admin, nowMs: nowMs + 3 })
  expect(await loadBlockedKeys()).toMatchObject({ count: { value: 1 }, rows: [{ deviceId: "b" }] })
})
