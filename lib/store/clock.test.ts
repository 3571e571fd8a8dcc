import { describe, expect, it } from "vitest"
import { createClock } from "./clock"

describe("the shared clock", () => {
  it("goes as the machine's until the database was asked", () => {
    expect(createClock(() => 1_000).now()).toBe(1_000)
  })

  it.each([
    ["ahead of the database", 5_000],
    ["behind it", -5_000],
  ])("tells the database's time where the machine is %s", (_case, aheadMs) => {
    const own = { ms: 100_000 + aheadMs }
    const clock = createClock(() => own.ms)
    clock.compare({ sentAtMs: own.ms - 40, databaseMs: 99_980, heardAtMs: own.ms })
    expect(clock.now()).toBe(100_000)
    own.ms += 700
    expect(clock.now()).toBe(100_700)
  })

  it("follows a clock that is set while it runs, at the next answer", () => {
    const own = { ms: 50_000 }
    const clock = createClock(() => own.ms)
    clock.compare({ sentAtMs: 50_000, databaseMs: 50_000, heardAtMs: 50_000 })
    own.ms = 20_000
    clock.compare({ sentAtMs: 20_000, databaseMs: 51_000, heardAtMs: 20_000 })
    expect(clock.now()).toBe(51_000)
  })

  it.each([
    ["that was long under way", { sentAtMs: 10_000, databaseMs: 10_000, heardAtMs: 14_000 }],
    ["during which the own clock was set back", { sentAtMs: 10_000, databaseMs: 10_000, heardAtMs: 9_000 }],
  ])("believes no later answer %s", (_case, reading) => {
    const clock = createClock(() => 20_000)
    clock.compare({ sentAtMs: 20_000, databaseMs: 25_000, heardAtMs: 20_000 })
    clock.compare(reading)
    expect(clock.now()).toBe(25_000)
  })

  it("makes do with a slow first answer", () => {
    const clock = createClock(() => 22_000)
    clock.compare({ sentAtMs: 20_000, databaseMs: 26_000, heardAtMs: 22_000 })
    expect(clock.now()).toBe(27_000)
  })
})
