"use client"

import { RotateCcwIcon } from "lucide-react"
import Link from "next/link"
import { useRef } from "react"
import { useClock } from "@/components/clock"
import { ScopeName } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { Kbd } from "@/components/ui/kbd"
import type { Ended, RequestView } from "@/lib/console/request-types"
import { scopeInWords } from "@/lib/pairing/explain"
import { covers } from "@/lib/pairing/scopes"
import { reopenAction } from "./actions"
import { By, EndedWords } from "./ended-words"
import { RefusedNotice } from "./refused-notice"
import { SupersededNotice } from "./superseded-notice"
import { UndoApproval } from "./undo-approval"
import { useDecision } from "./use-decision"
import { useShortcuts } from "./use-shortcuts"

function outcome(scope: string, state: Ended): string {
  if (state.status !== "approved") return ""
  const { undone } = state.aftermath
  const isGranted = state.granted === null || covers(state.granted, [scope])
  if (undone !== null && isGranted && (undone.removed === null || undone.removed.includes(scope))) return "taken back"
  if (state.withheld.includes(scope)) return "withheld"
  return isGranted ? "granted" : "not granted"
}

function Until({ atMs }: { atMs: number | undefined }) {
  if (atMs === undefined) return null
  return (
    <>
      , ends <Instant atMs={atMs} />
    </>
  )
}

const leads: Partial<Record<Ended["status"], string>> = { approved: "approved", rejected: "rejected" }

/** How a request ended, and what came of each scope. */
export function EndedView({
  request,
  state,
  decides,
  shortcuts,
}: {
  request: RequestView
  state: Ended
  decides: boolean
  shortcuts: boolean
}) {
  const decision = useDecision(request.requestId)
  const { decide, isPending } = decision
  const { undone } = state.aftermath
  const isHeld = useClock(({ nowMs }) => state.heldUntilMs !== null && nowMs < state.heldUntilMs)
  const isUp = useClock(({ nowMs }) => state.grantedUntilMs !== null && nowMs > state.grantedUntilMs)
  const place = useRef<HTMLDivElement>(null)
  const reopen = () => decide(() => reopenAction({ requestId: request.requestId }))
  useShortcuts(shortcuts && decides && isHeld && !isPending, place, { u: reopen })
  return (
    <>
      {state.supersededBy !== null && <SupersededNotice request={request} newId={state.supersededBy} />}
      <section aria-label="How it ended" className="grid gap-2 rounded-lg border border-line bg-ground px-4 py-3.5">
        <p className="text-lg first-letter:uppercase">
          {leads[state.status]}{" "}
          <EndedWords row={{ ...state, tries: request.tries, aftermath: { ...state.aftermath, undone: null } }} />,{" "}
          <Instant atMs={state.endedAtMs} />.
        </p>
        <p role="status" className="empty:hidden">
          {undone !== null && (
            <>
              Undone <By by={undone.by} />, <Instant atMs={undone.atMs} />:{" "}
              {undone.removed === null ? `its role as ${request.role} was revoked` : "what it added was taken back"}.
            </>
          )}
        </p>
        {state.grantedUntilMs !== null && undone === null && (
          <p className="text-ink-2">
            What it added {isUp ? "ended" : "ends"} by itself: approved until <Instant atMs={state.grantedUntilMs} />,
            unless somebody put that off since.
          </p>
        )}
        {request.isBlocked && (
          <p className="text-ink-2">
            Whatever this key asks is refused until it is unblocked:{" "}
            <Link
              prefetch={false}
              href={`/devices/${request.deviceId}`}
              className="font-medium text-accent underline underline-offset-3"
            >
              the page of its device
            </Link>{" "}
            has that.
          </p>
        )}
        {state.note !== null && (
          <blockquote className="border-l-2 border-line pl-3 text-ink-2">{state.note}</blockquote>
        )}
        {state.toldReason !== null && (
          <p className="text-ink-2">
            <span className="text-ink-3">Told to the device:</span> “{state.toldReason}”
          </p>
        )}
        {decides && (
          <UndoApproval requestId={request.requestId} undo={state.undo} shortcuts={shortcuts} decision={decision} />
        )}
        {isHeld && state.heldUntilMs !== null && (
          <div ref={place} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="min-w-0 flex-1 basis-64 text-ink-2">
              Until <Instant atMs={state.heldUntilMs} /> the same or a narrower ask of this key is refused without a new
              request. Reopening lets it wait again while it still asks; that it was told no stays so.
            </p>
            {decides && (
              <Button size="sm" disabled={isPending} onClick={reopen}>
                <RotateCcwIcon aria-hidden />
                Reopen
                {shortcuts && <Kbd aria-hidden>U</Kbd>}
              </Button>
            )}
          </div>
        )}
      </section>
      <RefusedNotice decision={decision} />
      <section aria-labelledby="was-asked">
        <h3 id="was-asked" className="mb-2 text-lg font-semibold">
          What was asked
        </h3>
        {request.scopes.length === 0 ? (
          <p className="text-ink-2">The role {request.role}, without scopes.</p>
        ) : (
          <ul className="divide-y divide-line-soft border-y border-line-soft">
            {request.scopes.map((scope) => (
              <li key={scope} className="flex items-baseline gap-3 py-2">
                <div className="min-w-0 flex-1">
                  <ScopeName scope={scope} className="font-medium" />
                  <p className="text-sm text-ink-3">{scopeInWords(scope) ?? "This release does not know this scope"}</p>
                </div>
                <span className="text-right text-sm text-ink-2">
                  {outcome(scope, state)}
                  {outcome(scope, state) === "granted" && <Until atMs={state.endsNow[scope]} />}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  )
}
