import { expect, test } from "vitest"
import { fleetDevices } from "./fleet"
import { devicesOfRound } from "./measure"

test("every round is connected by devices that did not connect before, from all over the fleet", () => {
  const size = 1_000
  const device = fleetDevices(size)
  const rounds = [0, 1, 2].map((round) => devicesOfRound({ device }, round, 100))
  const names = rounds.flat().map(({ displayName }) => displayName)
  expect(new Set(names).size).toBe(300)
  for (const round of rounds) {
    const indexes = round.map(({ displayName }) => Number(displayName.split(" ").at(-1)))
    expect(Math.min(...indexes)).toBeLessThan(size / 10)
    expect(Math.max(...indexes)).toBeGreaterThan(size - size / 10)
  }
})

test("a fleet that is smaller than a round is gone through again", () => {
  const devices = devicesOfRound({ device: fleetDevices(10) }, 3, 25)
  expect(devices).toHaveLength(25)
  expect(new Set(devices.map(({ identity }) => identity.deviceId)).size).toBe(10)
})
