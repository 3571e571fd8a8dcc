"use client"

import { useState } from "react"
import { Fingerprint } from "@/components/fingerprint"
import { NoteField, noteOf, ToldField } from "@/components/note-field"
import { ScrollList } from "@/components/scroll-list"
import { Button } from "@/components/ui/button"
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import type { BulkSummary } from "@/lib/console/bulk-types"
import { leftOutOfRejection } from "@/lib/pairing/bulk"
import { heldInWords } from "../held-in-words"
import { RequestName } from "../request-name"
import type { rejectRequestsAction } from "./actions"
import { EndedMeanwhile } from "./ended-meanwhile"
import { LeftOutList } from "./left-out-list"
import { requestsInWords } from "./request-words"

/** Several requests before they are rejected, with what their devices are told of why. */
export function RejectForm({
  summary: { waiting, ended, rejectHoldMs },
  note,
  setNote,
  toldReason,
  setToldReason,
  isRunning,
  run,
  onBack,
}: {
  summary: BulkSummary
  note: string
  setNote: (note: string) => void
  toldReason: string
  setToldReason: (toldReason: string) => void
  isRunning: boolean
  run: (input: Parameters<typeof rejectRequestsAction>[0]) => void
  onBack: () => void
}) {
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const leftOut = waiting.filter((row) => leftOutOfRejection(row.leftOut).length > 0)
  const together = waiting.filter((row) => !leftOut.includes(row))
  const chosen = waiting.filter((row) => !leftOut.includes(row) || confirmed.has(row.requestId))
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run({ requestIds: chosen.map(({ requestId }) => requestId), toldReason, note: noteOf(note) })
      }}
    >
      <DialogHeader>
        <DialogTitle>Reject {requestsInWords(chosen.length)}?</DialogTitle>
        <DialogDescription>{heldInWords(rejectHoldMs, "each key")}</DialogDescription>
      </DialogHeader>
      {together.length > 0 && (
        <ScrollList label="What is rejected">
          {together.map((row) => (
            <li key={row.requestId} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
              <span className="font-medium wrap-anywhere">
                <RequestName label={row.label} displayName={row.displayName} />
              </span>
              <Fingerprint deviceId={row.deviceId} className="text-ink-3" />
              <span className="text-ink-3 wrap-anywhere">{row.address}</span>
            </li>
          ))}
        </ScrollList>
      )}
      <EndedMeanwhile ended={ended} />
      <LeftOutList
        rows={leftOut}
        reasonsOf={(row) => leftOutOfRejection(row.leftOut)}
        confirmed={confirmed}
        setConfirmed={setConfirmed}
        verdict="rejected"
        labelOf={() => "Reject it as it is now"}
      />
      <ToldField value={toldReason} onChange={setToldReason} />
      <NoteField value={note} onChange={setNote} />
      <DialogFooter>
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" variant="danger-primary" disabled={isRunning || chosen.length === 0}>
          Reject {chosen.length}
        </Button>
      </DialogFooter>
    </form>
  )
}
