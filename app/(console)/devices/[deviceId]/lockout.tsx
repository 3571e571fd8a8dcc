"use client"

import { Losses } from "@/components/lockout-question"
import { ScopeNames } from "@/components/scope-name"
import { Notice } from "@/components/ui/notice"
import type { DeviceView } from "@/lib/console/device-types"
import { lockoutLosses } from "@/lib/pairing/lockout"
import { uncovered } from "@/lib/pairing/scopes"
import type { Role, Scopes } from "@/lib/pairing/types"

/** The scopes that a device can use now, over all of its roles; with a role, those of the others. */
function inForce({ paired, block }: DeviceView, except: Role | "none"): Scopes {
  if (paired === null || block !== null) return []
  return paired.roles
    .filter(({ role }) => role !== except)
    .flatMap(({ token }) => (token === null || token.standing === "revoked" ? [] : token.scopes))
}

/** What a command does to a device: ends everything, or leaves a role with these scopes in its token. */
export type Leaves = "nothing" | { readonly role: Role; readonly scopes: Scopes }

/** What a command would cut off by what is shown, said before it is given. */
export function LockoutWarning({ device, leaves }: { device: DeviceView; leaves: Leaves }) {
  const before = inForce(device, "none")
  const after = leaves === "nothing" ? [] : [...inForce(device, leaves.role), ...leaves.scopes]
  const losses = lockoutLosses(before, after, device.lockout)
  if (losses.length === 0) return null
  return (
    <Notice tone="warn">
      <p className="font-semibold">
        What would stop working: <ScopeNames scopes={uncovered(after, before)} max={6} />
      </p>
      <Losses losses={losses} />
    </Notice>
  )
}
