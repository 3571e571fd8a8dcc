"use client"

import { useId } from "react"
import { Checkbox } from "@/components/ui/checkbox"
import { Notice } from "@/components/ui/notice"
import { lockoutSentences } from "@/lib/pairing/explain"
import type { LockoutLoss } from "@/lib/pairing/types"

/** What would stop working, one line each. */
export function Losses({ losses }: { losses: readonly LockoutLoss[] }) {
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
