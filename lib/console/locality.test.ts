import { beforeEach, expect, it, vi } from "vitest"
import { connectDevice } from "@/lib/store/connect-device"
import type { Store } from "@/lib/store/store"
import { knock } from "@/lib/store/testing-connect"
import { loadLocalityGround } from "./locality"
import { openTestConsole } from "./testing-console"

vi.mock("next/headers", () => import("./testing-console"))

let store: Store

beforeEach(async () => {
  store = await openTestConsole("viewer")
})

const local = knock({ from: "loopback" }).net
async function come(device: string, net = local, nowMs = Date.now()): Promise<void> {
  await connectDevice(store, { ...knock({ device, nowMs }), net })
  await store.observed.flush()
}

it("offers the connects of late as they were observed, newest first", async () => {
  const nowMs = Date.now()
  const proxied = { ...local, peerAddress: "192.168.1.9", headers: { "x-forwarded-for": "10.0.0.1" } }
  await come("first", local, nowMs - 1000)
  await come("second", proxied, nowMs)
  const { recent } = await loadLocalityGround()
  expect(recent).toMatchObject([
    { deviceId: "second", name: "Laptop", atMs: nowMs, net: proxied },
    { deviceId: "first", name: "Laptop", atMs: nowMs - 1000, net: local },
  ])
})

it("names peers that pass on others and that nobody declared, also those of before the start", async () => {
  store.presence.noteProxy("10.9.9.9", false)
  store.presence.noteProxy("10.8.8.8", true)
  await come("one", { ...local, peerAddress: "192.168.1.9", headers: { "x-forwarded-for": "10.0.0.1" } })
  expect((await loadLocalityGround()).undeclared).toEqual(["10.9.9.9", "192.168.1.9"])
})

it("warns when all devices share one loopback address, and only then", async () => {
  await come("one")
  await come("two")
  expect((await loadLocalityGround()).shared).toBeNull()
  await come("three")
  expect((await loadLocalityGround()).shared).toEqual({ address: "127.0.0.1", devices: 3 })
  await come("four", knock({ from: "lan" }).net)
  expect((await loadLocalityGround()).shared).toBeNull()
})
