"use client"

import { NoteField, noteOf } from "@/components/note-field"
import { ScopeName } from "@/components/scope-name"
import { Button } from "@/components/ui/button"
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import type { BulkRow, BulkSummary } from "@/lib/console/bulk-types"
import { warningKey } from "@/lib/console/warning-key"
import { bulkTotal, leftOutOfRejection } from "@/lib/pairing/bulk"
import { needsConfirmation } from "@/lib/pairing/difference"
import { scopeInWords } from "@/lib/pairing/explain"
import { approveLabel } from "../approve-label"
import type { approveRequestsAction } from "./actions"
import { EndedMeanwhile } from "./ended-meanwhile"
import { LeftOutList } from "./left-out-list"
import { requestsInWords } from "./request-words"
import { TogetherTable } from "./together-table"

const isGrave = ({ reason, role, paired, outcome: { dangerous } }: BulkRow) =>
  needsConfirmation({ reason, role, replacesKey: paired === "other-key", dangerous })

/** Several requests before they are approved: the widest grant, what each would get, and what is left out. */
export function ApproveForm({
  summary: { waiting, ended, isNoteRequired },
  note,
  setNote,
  confirmed,
  setConfirmed,
  isRunning,
  run,
  onReject,
  onCancel,
}: {
  summary: BulkSummary
  note: string
  setNote: (note: string) => void
  confirmed: ReadonlySet<string>
  setConfirmed: (confirmed: ReadonlySet<string>) => void
  isRunning: boolean
  run: (input: Parameters<typeof approveRequestsAction>[0]) => void
  onReject: () => void
  onCancel: () => void
}) {
  const leftOut = waiting.filter((row) => row.leftOut.length > 0)
  const together = waiting.filter((row) => row.leftOut.length === 0)
  const chosen = waiting.filter((row) => row.leftOut.length === 0 || confirmed.has(row.requestId))
  const isNoteWanted = isNoteRequired && chosen.some(isGrave)
  const lacksNote = isNoteWanted && note.trim() === ""
  const rejectable = waiting.filter((row) => leftOutOfRejection(row.leftOut).length === 0).length
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.length === 0) return
        const requests = chosen.map(({ requestId, digest, grant, warnings }) => ({
          ...{ requestId, digest, grant: [...grant], warnings: warnings.map(warningKey) },
          isConfirmed: confirmed.has(requestId),
        }))
        run({ requests, note: noteOf(note) })
      }}
    >
      <DialogHeader>
        <DialogTitle>Decide {requestsInWords(waiting.length)}</DialogTitle>
        <DialogDescription>
          Each gets what it asks, for good. For fewer scopes or a time, decide it on its own page.
        </DialogDescription>
      </DialogHeader>
      {chosen.length > 0 ? (
        <Total rows={chosen} />
      ) : (
        <p className="rounded-lg border border-line bg-ground px-4 py-3">
          {waiting.length === 0
            ? "None of them waits any more."
            : "All of them are left out, so nothing is approved until you confirm one."}
        </p>
      )}
      {together.length > 0 && (
        <TogetherTable rows={together} caption={`What ${requestsInWords(together.length)} would get`} />
      )}
      <EndedMeanwhile ended={ended} />
      <LeftOutList
        rows={leftOut}
        reasonsOf={(row) => row.leftOut}
        confirmed={confirmed}
        setConfirmed={setConfirmed}
        verdict="approved"
        labelOf={({ reason, role, outcome }) => approveLabel({ reason, role, ...outcome })}
        detailed
      />
      <NoteField value={note} onChange={setNote} required={isNoteWanted} />
      <p role="status" className="text-sm text-warn empty:hidden">
        {lacksNote && "The policy wants a note with a grant like one of these."}
      </p>
      {/* The list may be long; what the buttons would do stays in sight. */}
      <DialogFooter className="sticky bottom-0 z-1 sm:-bottom-6 -mx-5 -mb-5 flex-row flex-wrap justify-end border-t border-line bg-panel px-5 py-3 sm:-mx-6 sm:-mb-6 sm:rounded-b-xl sm:px-6">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="danger" disabled={isRunning || waiting.length === 0} onClick={onReject}>
          Reject {rejectable}…
        </Button>
        <Button type="submit" variant="primary" disabled={isRunning || chosen.length === 0 || lacksNote}>
          Approve{chosen.length > 0 && ` ${chosen.length}`}
        </Button>
      </DialogFooter>
    </form>
  )
}

function Total({ rows }: { rows: readonly BulkRow[] }) {
  const { devices, widest } = bulkTotal(rows)
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-lg border border-line bg-ground px-4 py-3">
      <dt className="text-ink-3">Devices</dt>
      <dd className="font-semibold tabular-nums">{devices}</dd>
      <dt className="text-ink-3">Widest grant</dt>
      <dd>
        {widest === null ? (
          "no scope"
        ) : (
          <>
            <ScopeName scope={widest} className="font-semibold" />: {scopeInWords(widest) ?? "unknown to this release"}.
          </>
        )}
      </dd>
    </dl>
  )
}
