"use client"

import { BanIcon, EllipsisIcon, MessageSquareXIcon } from "lucide-react"
import { useRef, useState } from "react"
import { useClock } from "@/components/clock"
import { forGood, GrantLengthField, useGrantTime } from "@/components/grant-length-field"
import { onDemand } from "@/components/on-demand"
import { Button } from "@/components/ui/button"
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@/components/ui/dropdown-menu"
import { Input } from "@/components/ui/input"
import { Kbd } from "@/components/ui/kbd"
import type { RequestView, Waiting } from "@/lib/console/request-types"
import { needsConfirmation, outcomeOf } from "@/lib/pairing/difference"
import type { GrantLength } from "@/lib/pairing/grant-length"
import type { Scopes } from "@/lib/pairing/types"
import { approveAction, blockAction, rejectAction } from "./actions"
import { addsSomething } from "./adds-something"
import { approveLabel } from "./approve-label"
import type { useDecision } from "./use-decision"
import { leaveField } from "./use-queue-keys"
import { useShortcuts } from "./use-shortcuts"

const ConfirmGrant = onDemand(() => import("./confirm-grant").then((parts) => parts.ConfirmGrant))
const TurnAwayDialog = onDemand(() => import("./turn-away-dialog").then((parts) => parts.TurnAwayDialog))

/** What an admin can do with a request. The button to approve says what it will do. */
export function DecisionBar({
  request,
  state,
  chosen,
  length,
  setLength,
  isStale,
  shortcuts,
  decision,
}: {
  request: RequestView
  state: Waiting
  chosen: Scopes
  /** For how long; null while a date is still to be chosen. */
  length: GrantLength | null
  setLength: (length: GrantLength | null) => void
  /** True when what is shown is no longer what holds. */
  isStale: boolean
  shortcuts: boolean
  decision: ReturnType<typeof useDecision>
}) {
  const [note, setNote] = useState("")
  const [asking, setAsking] = useState<"grant" | "reject" | "block" | null>(null)
  const [hint, setHint] = useState<"button" | "note" | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  const noteField = useRef<HTMLInputElement>(null)
  const lengthField = useRef<HTMLSelectElement>(null)
  const isOver = useClock(({ nowMs }) => nowMs > state.expiresAtMs)
  const { requestId, deviceId, publicKey, reason, role } = request
  const outcome = outcomeOf(state.scopes, chosen)
  const isTimed = addsSomething(request, outcome)
  const time = useGrantTime(isTimed ? length : forGood)
  const label = approveLabel({ reason, role, time, ...outcome })
  const replacesKey = request.paired === "other-key"
  const isGrave = needsConfirmation({ reason, role, replacesKey, dangerous: outcome.dangerous })
  const isAsked = isGrave || request.warnings.length > 0
  const isOff = decision.isPending || isOver || isStale
  const isUndated = isTimed && length === null
  const lacksNote = isGrave && state.isNoteRequired && note.trim() === ""
  const said = { requestId, note: note.trim() }

  const granted = { digest: state.digest, grant: [...chosen], length: (isTimed ? length : null) ?? forGood }
  const approve = () => decision.decide(() => approveAction({ ...said, ...granted }))
  const reject = () => decision.decide(() => rejectAction({ ...said, toldReason: "" }))

  const askForNote = () => {
    setHint("note")
    noteField.current?.focus()
  }

  useShortcuts(shortcuts && !isOff, bar, {
    a: () => (isUndated ? lengthField.current?.focus() : isAsked ? setHint("button") : approve()),
    t: () => lengthField.current?.focus(),
    r: reject,
    b: () => setAsking("block"),
    n: () => noteField.current?.focus(),
  })

  return (
    <div
      ref={bar}
      data-slot="decision-bar"
      className="sticky bottom-0 z-10 mt-auto short:static border-t border-line bg-panel px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-8"
    >
      <p role="status" className="text-sm text-warn empty:hidden [&:not(:empty)]:pb-2">
        {isOver && "Its time is over. If the device asks again, it waits here again."}
        {hint === "button" && !isOver && "No key approves this: press the button, and compare the fingerprint."}
        {lacksNote && hint === "note" && !isOver && "The policy wants a note with a grant like this one."}
      </p>
      {/* Where one row has no room for all of it the buttons stay together, and the one to approve at the right end. */}
      <div className="flex max-w-[52rem] flex-wrap items-center gap-2">
        <div className="flex min-w-0 flex-auto flex-wrap items-center gap-2">
          {isTimed && (
            <GrantLengthField
              ref={lengthField}
              length={length}
              setLength={setLength}
              disabled={decision.isPending}
              shortcut={shortcuts}
              leave={() => leaveField(requestId)}
            />
          )}
          <Input
            ref={noteField}
            aria-label="Note for the record"
            placeholder={isGrave && state.isNoteRequired ? "Note (required)" : "Note (optional)"}
            required={isGrave && state.isNoteRequired}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") leaveField(requestId)
            }}
            disabled={decision.isPending}
            className="min-w-0 flex-1 basis-36"
          />
        </div>
        <div className="ml-auto flex min-w-0 items-center gap-2 @max-2xl:flex-auto">
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button size="icon" className="shrink-0" disabled={decision.isPending}>
                <EllipsisIcon aria-hidden />
                <span className="sr-only">More</span>
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem {...TurnAwayDialog.near} disabled={isOff} onSelect={() => setAsking("reject")}>
                <MessageSquareXIcon aria-hidden />
                Reject and say why
              </DropdownMenuItem>
              <DropdownMenuItem {...TurnAwayDialog.near} tone="danger" onSelect={() => setAsking("block")}>
                <BanIcon aria-hidden />
                Block this key
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
          <Button variant="danger" disabled={isOff} onClick={reject}>
            Reject
            {shortcuts && <Kbd aria-hidden>R</Kbd>}
          </Button>
          <Button
            variant="primary"
            disabled={isOff || isUndated}
            aria-haspopup={isAsked ? "dialog" : undefined}
            {...(isAsked && ConfirmGrant.near)}
            onClick={() => (lacksNote ? askForNote() : isAsked ? setAsking("grant") : approve())}
            className="h-auto min-h-9 min-w-0 shrink py-1.5 text-left whitespace-normal @max-2xl:flex-1"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">{label}</span>
            {shortcuts && !isAsked && <Kbd aria-hidden>A</Kbd>}
          </Button>
        </div>
      </div>
      <ConfirmGrant
        request={request}
        outcome={outcome}
        label={label}
        time={time}
        isOpen={asking === "grant"}
        onClose={() => setAsking(null)}
        approve={approve}
      />
      <TurnAwayDialog
        isOpen={asking === "reject" || asking === "block"}
        how={asking === "block" ? "block" : "reject"}
        request={request}
        rejectHoldMs={state.rejectHoldMs}
        note={note}
        onClose={() => setAsking(null)}
        onConfirm={(why) => {
          setAsking(null)
          decision.decide((confirmedLockout) =>
            asking === "block"
              ? blockAction({ deviceId, publicKey, confirmedLockout, ...why })
              : rejectAction({ requestId, ...why }),
          )
        }}
      />
    </div>
  )
}
