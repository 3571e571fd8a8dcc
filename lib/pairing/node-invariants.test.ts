import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { life } from "./testing/arbitraries"
import { type Happening, live } from "./testing/world"

/** What people approved for the node role so far, kept beside the rules and by nothing but what they approved. */
type Approved = { readonly commands: ReadonlySet<string>; readonly platform: string | null } | null

function approvedAfter(approved: Approved, { command, before, after, refused, request }: Happening): Approved {
  if (after.device === null) return null
  if (command.op !== "approve" || refused !== null || request === null) return approved
  const earlier = before.device?.publicKey === request.publicKey ? approved : null
  if (request.role !== "node") return earlier
  // A role that was revoked, or another machine, begins with what is shown now.
  const isInForce = before.device?.roles.includes("node") && before.device.tokens.node?.revokedAtMs == null
  const isSame = (earlier?.platform ?? "").toLowerCase() === (request.metadata.platform ?? "").toLowerCase()
  const kept = isInForce && isSame ? (earlier?.commands ?? []) : []
  const commands = new Set([...kept, ...request.metadata.commands])
  return { commands, platform: request.metadata.platform }
}

/** Runs a check on every connect of a node that a gateway would serve, with what people had approved before it. */
function always(check: (happening: Happening, approved: Approved, offered: readonly string[]) => void) {
  fc.assert(
    fc.property(life, (commands) => {
      let approved: Approved = null
      for (const happening of live(commands)) {
        const { command } = happening
        if (command.op === "connect" && command.upstream && command.role === "node") {
          check(happening, approved, command.commands)
        }
        approved = approvedAfter(approved, happening)
        const { device } = happening.after
        expect(new Set(device?.approvedCommands ?? [])).toEqual(approved?.commands ?? new Set())
        expect(device !== null && device.approvedCommands !== null).toBe(approved !== null)
      }
    }),
    { numRuns: 2000 },
  )
}

describe("a node before a gateway that runs its commands, over any sequence of commands", () => {
  it("is never let in silently, by whatever lane", () => {
    always(({ decision }) => expect(decision?.kind).not.toBe("silent-approve"))
  })

  it("is served with commands that a person approved and that it offers, and with all of those", () => {
    always(({ decision }, approved, offered) => {
      if (decision?.kind !== "allow") return
      expect(approved).not.toBeNull()
      expect(decision.servedCommands).toEqual(offered.filter((command) => approved?.commands.has(command)))
    })
  })

  it("is let in only on the platform that a person was shown", () => {
    always(({ decision, command }, approved) => {
      if (decision?.kind !== "allow" || command.op !== "connect") return
      expect((command.platform ?? "").toLowerCase()).toBe((approved?.platform ?? "").toLowerCase())
    })
  })

  it("changes no rights by connecting, and asks for what it was not served with, unless that was rejected", () => {
    always(({ before, after, decision, nowMs }, _approved, offered) => {
      if (decision?.kind !== "allow") return
      const rights = (of: Happening["before"]) =>
        [of.device?.roles, of.device?.approvedScopes, of.device?.approvedCommands, of.device?.withheld] as const
      expect(rights(after)).toEqual(rights(before))
      const isServedWhole = decision.servedCommands.length === offered.length
      const isHeld = before.holds.some((hold) => hold.role === "node" && nowMs < hold.untilMs)
      if (isServedWhole || !isHeld) expect(decision.filed === null).toBe(isServedWhole)
      if (decision.filed === null) return
      const { request } = decision.filed
      expect(request).toMatchObject({ role: "node", reason: "metadata-upgrade" })
      expect(offered.filter((command) => !request.metadata.commands.includes(command))).toEqual([])
      expect(after.requests).toContainEqual(request)
    })
  })
})

it("an operator offers no commands to a gateway", () => {
  fc.assert(
    fc.property(life, (commands) => {
      for (const { command, decision } of live(commands)) {
        if (command.op !== "connect" || decision?.kind !== "allow" || command.role !== "operator") continue
        expect(decision.servedCommands).toEqual(command.upstream ? [] : command.commands)
      }
    }),
    { numRuns: 2000 },
  )
})
