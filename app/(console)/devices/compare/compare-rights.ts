import type { PairedView } from "@/lib/console/device-types"
import { covers } from "@/lib/pairing/scopes"
import type { Role, Scopes } from "@/lib/pairing/types"

/** What one device has of one scope, by name or within a wider one. */
export type Side = {
  readonly approved: "yes" | "included" | "no"
  readonly inToken: "yes" | "included" | "no"
  readonly isWithheld: boolean
}

/** What of a device is compared. */
export type Compared = { readonly paired: Pick<PairedView, "roles"> | null }

export type ComparedScope = {
  readonly role: Role
  readonly scope: string
  readonly first: Side
  readonly second: Side
  /** Whether one may do with it what the other may not. By what name it is held makes no difference. */
  readonly differs: boolean
}

const none: Side = { approved: "no", inToken: "no", isWithheld: false }

/** The rights of two devices, one row for each scope that either has or is kept from; the differences first. */
export function compareRights(first: Compared, second: Compared): readonly ComparedScope[] {
  const rows = (["operator", "node"] as const).flatMap((role) => {
    const roles = [first, second].flatMap((device) => device.paired?.roles.filter((own) => own.role === role) ?? [])
    const scopes = [...new Set(roles.flatMap((own) => own.scopes.map(({ scope }) => scope)))]
    return scopes.map((scope): ComparedScope => {
      const [one, other] = [sideOf(first, role, scope), sideOf(second, role, scope)]
      return { role, scope, first: one, second: other, differs: isUnlike(one, other) }
    })
  })
  return rows.toSorted((one, other) => Number(other.differs) - Number(one.differs))
}

function isUnlike(one: Side, other: Side): boolean {
  return (
    (one.approved === "no") !== (other.approved === "no") ||
    (one.inToken === "no") !== (other.inToken === "no") ||
    one.isWithheld !== other.isWithheld
  )
}

function sideOf({ paired }: Compared, role: Role, scope: string): Side {
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
