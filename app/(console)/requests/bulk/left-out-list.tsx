"use client"

import { useId } from "react"
import { neutralise } from "@/components/neutralise"
import { ScopeMeanings } from "@/components/scope-name"
import { Checkbox } from "@/components/ui/checkbox"
import { Whom } from "@/components/whom"
import type { BulkRow } from "@/lib/console/bulk-types"
import type { LeftOut } from "@/lib/pairing/bulk"
import { RequestName } from "../request-name"
import { ShownClaims } from "../shown-claims"
import { WarningNotices } from "../warnings"
import { leftOutInWords } from "./left-out-words"

type Reasons = (row: BulkRow) => readonly LeftOut[]

/** The requests that are not decided along with the others, each with its reasons and a confirmation of its own. */
export function LeftOutList({
  rows,
  reasonsOf,
  confirmed,
  setConfirmed,
  labelOf,
  verdict,
  detailed = false,
}: {
  rows: readonly BulkRow[]
  reasonsOf: Reasons
  confirmed: ReadonlySet<string>
  setConfirmed: (confirmed: ReadonlySet<string>) => void
  /** What confirming one comes to. */
  labelOf: (row: BulkRow) => string
  verdict: "approved" | "rejected"
  /** Whether what is handed over is told as well. */
  detailed?: boolean
}) {
  if (rows.length === 0) return null
  const toggle = (requestId: string) => {
    const next = new Set(confirmed)
    if (!next.delete(requestId)) next.add(requestId)
    setConfirmed(next)
  }
  return (
    <section aria-label="Left out" className="grid gap-2.5">
      <div>
        <h3 className="font-semibold">Left out ({rows.length})</h3>
        <p className="text-sm text-ink-2">
          None of these is {verdict} unless you confirm it, one by one. Compare the fingerprint with the one that the
          device shows of itself.{verdict === "approved" && " Rejecting includes them, except those that changed."}
        </p>
      </div>
      <ul className="grid gap-3">
        {rows.map((row) => (
          <li key={row.requestId} className="grid gap-2.5 rounded-lg border border-warn/50 p-3">
            <Whom deviceId={row.deviceId} from={row.address}>
              <RequestName label={row.label} displayName={row.displayName} />
            </Whom>
            <ul className="grid list-disc gap-0.5 pl-5 text-sm">
              {reasonsOf(row).map((because) => (
                <li key={because}>
                  {leftOutInWords(row, because)}
                  {because === "new-commands" && <NewCommands row={row} />}
                </li>
              ))}
              {detailed && <ScopeMeanings scopes={row.outcome.dangerous} />}
            </ul>
            {detailed && <WarningNotices request={row} />}
            <ShownClaims request={{ ...row, commands: [] }} />
            <Confirm
              row={row}
              label={labelOf(row)}
              isConfirmed={confirmed.has(row.requestId)}
              toggle={() => toggle(row.requestId)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function NewCommands({ row }: { row: BulkRow }) {
  const fresh = row.commands.filter(({ isApproved }) => !isApproved)
  const text = neutralise(fresh.map(({ command }) => command).join(", "), 400)?.text
  return <code className="block wrap-anywhere text-ink-2">{text}</code>
}

function Confirm({
  row,
  label,
  isConfirmed,
  toggle,
}: {
  row: BulkRow
  label: string
  isConfirmed: boolean
  toggle: () => void
}) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5 py-1 pointer-coarse:py-2">
      <Checkbox id={id} checked={isConfirmed} onClick={toggle} className="mt-0.5" />
      <label htmlFor={id} className="min-w-0 text-sm font-medium wrap-anywhere">
        Confirm: {label}
        <span className="sr-only">
          {" "}
          for <RequestName label={row.label} displayName={row.displayName} />
        </span>
      </label>
    </div>
  )
}
