import { describe, expect, it } from "vitest"
import { seedPolicy } from "./policy"
import scenarios from "./scenarios.json"
import { libraryExecutor } from "./testing/library-executor"
import { recordBefore, runScenario, type Scenario, scenarioPolicy } from "./testing/scenario"

describe("the decision scenarios, by the library alone", () => {
  it("are all there", () => expect(scenarios).toHaveLength(166))

  it.each(scenarios as unknown as Scenario[])("$id $title", async (scenario) => {
    const executor = libraryExecutor(recordBefore(scenario), scenarioPolicy(seedPolicy, scenario))
    expect(await runScenario(scenario, executor)).toBeNull()
  })
})
