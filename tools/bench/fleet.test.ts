import { expect, test } from "vitest"
import { fleetDevices, fleetRows } from "./fleet"

test("devices that connect one after the other are others, from all over the fleet", () => {
  const size = 1_000
  const device = fleetDevices(size)
  const names = Array.from({ length: 300 }, (_, turn) => device(turn).displayName)
  expect(new Set(names).size).toBe(300)
  const indexes = names.slice(0, 100).map((name) => Number(name.split(" ").at(-1)))
  expect(Math.min(...indexes)).toBeLessThan(size / 10)
  expect(Math.max(...indexes)).toBeGreaterThan(size - size / 10)
})

test("a device that connects is in the seeded fleet under its own key", () => {
  const size = 30_000
  const { identity } = fleetDevices(size)(11)
  for (const { table, row } of fleetRows(size)) {
    if (table === "Device" && row.deviceId === identity.deviceId) return expect(row.publicKey).toBe(identity.publicKey)
  }
  expect.unreachable("it is not in the fleet")
})
