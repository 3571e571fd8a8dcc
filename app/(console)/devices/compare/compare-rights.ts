import type { DeviceView } from "@/lib/console/device-types"
import { covers } from "@/lib/pairing/scopes"
import type { Role, Scopes } from "@/lib/pairing/types"

/** What one device has of one scope, by name or within a wider one. */
export type Side = {
  readonly approved: "yes" | "included" | "no"
  readonly inToken: "yes" | "included" | "no"
  readonly isWithheld: boolean
}

export type ComparedScope = {
  readonly role: Role
  readonly scope: string
  readonly first: Side
  readonly second: Side
  readonly differs: boolean
}

const none: Side = { approved: "no", inToken: "no", isWithheld: false }

/** The rights of two devices, one row for each scope that either has or is kept from; the differences first. */
export function compareRights(first: DeviceView, second: DeviceView): readonly ComparedScope[] {
  const rows = (["operator", "node"] as const).flatMap((role) => {
    const roles = [first, second].flatMap((device) => device.paired?.roles.filter((own) => own.role === role) ?? [])
    const scopes = [...new Set(roles.flatMap((own) => own.scopes.map(({ scope }) => scope)))]
    return scopes.map((scope): ComparedScope => {
      const sides = [sideOf(first, role, scope), sideOf(second, role, scope)] as const
      const differs = JSON.stringify(sides[0]) !== JSON.stringify(sides[1])
      return { role, scope, first: sides[0], second: sides[1], differs }
    })
  })
  return rows.toSorted((one, other) => Number(other.differs) - Number(one.differs))
}

function sideOf({ paired }: DeviceView, role: Role, scope: string): Side {
  const own = paired?.roles.find((each) => each.role === role)
  if (own === undefined) return none
  const held = own.token === null || own.token.standing === "revoked" ? [] : own.token.scopes
  return {
    approved: standing(own.ceiling, scope),
    inToken: standing(held, scope),
    isWithheld: own.scopes.some((right) => right.scope === scope && right.isWithheld),
  }
}

function standing(scopes: Scopes, scope: string): "yes" | "included" | "no" {
  if (scopes.includes(scope)) return "yes"
  return covers(scopes, [scope]) ? "included" : "no"
}
