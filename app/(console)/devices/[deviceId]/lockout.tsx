"use client"

import { useId } from "react"
import { ScopeNames } from "@/components/scope-name"
import { Checkbox } from "@/components/ui/checkbox"
import { Notice } from "@/components/ui/notice"
import type { DeviceView } from "@/lib/console/device-types"
import { lockoutSentences } from "@/lib/pairing/explain"
import { lockoutLosses } from "@/lib/pairing/lockout"
import { uncovered } from "@/lib/pairing/scopes"
import type { LockoutLoss, Role, Scopes } from "@/lib/pairing/types"

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

function Losses({ losses }: { losses: readonly LockoutLoss[] }) {
  return (
    <ul className="grid list-disc gap-1 pl-4.5 text-sm">
      {losses.map((loss) => (
        <li key={loss}>{lockoutSentences[loss]}</li>
      ))}
    </ul>
  )
}

/** The second question: the server has named what would be cut off, and goes on only when that is ticked. */
export function LockoutQuestion({
  losses,
  isConfirmed,
  onConfirm,
}: {
  losses: readonly LockoutLoss[] | null
  isConfirmed: boolean
  onConfirm: (isConfirmed: boolean) => void
}) {
  const id = useId()
  if (losses === null) return null
  return (
    <Notice tone="danger" live>
      <p className="font-semibold">Nothing was done yet. Do you mean it?</p>
      <Losses losses={losses} />
      <div className="mt-2 flex gap-2.5">
        <Checkbox id={id} checked={isConfirmed} onCheckedChange={(checked) => onConfirm(checked === true)} />
        <label htmlFor={id}>I have read what stops working, and want it.</label>
      </div>
    </Notice>
  )
}
