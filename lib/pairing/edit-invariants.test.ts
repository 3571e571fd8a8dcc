import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { frozenCeiling, hasRole } from "./device"
import { uncovered } from "./scopes"
import { life } from "./testing/arbitraries"
import { chosen } from "./testing/choices"
import { ceilingFor, type Happening, live } from "./testing/world"

function always(check: (happening: Happening) => void) {
  fc.assert(
    fc.property(life, (commands) => {
      for (const happening of live(commands)) check(happening)
    }),
    { numRuns: 2000 },
  )
}

describe("an edit of rights, in any sequence of commands", () => {
  it("takes a mark off by an approval, or by an edit that names it", () => {
    always(({ command, before, after }) => {
      const [was, is] = [before.device, after.device]
      if (was === null || is === null || was.publicKey !== is.publicKey) return
      const named = command.op === "edit" ? chosen(was.withheld, command.release) : []
      const gone = was.withheld.filter((scope) => !is.withheld.includes(scope) && !named.includes(scope))
      expect(uncovered(frozenCeiling(is), gone)).toEqual([])
    })
  })

  it("gives more without a request at the console only, and never to a role that is not in force", () => {
    always((happening) => {
      const { command, before } = happening
      if (command.op !== "edit") return
      const [was, is] = [ceilingFor(before, command.role), ceilingFor(happening.after, command.role)]
      if (uncovered(was, is).length === 0) return
      expect(command.authority.deviceId).toBeNull()
      expect(before.device !== null && hasRole(before.device, command.role)).toBe(true)
      expect(before.blockedKeys).not.toContain(before.device?.publicKey)
    })
  })
})
