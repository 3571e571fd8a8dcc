import { beforeAll, describe, expect, it } from "vitest"
import scenarios from "@/lib/pairing/scenarios.json"
import { isScenario, runScenario } from "@/lib/pairing/testing/scenario"
import { storeExecutor } from "./scenario-executor"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"

const list: readonly unknown[] = scenarios
const known = list.filter(isScenario)

describe.each(dialects)("the decision scenarios, by the store's commands on %s", (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })

  it("are all there", () => expect(known).toHaveLength(166))

  it.each(known)("$id $title", async (scenario) => {
    expect(await runScenario(scenario, await storeExecutor(store, scenario))).toBeNull()
  })
})
