"use client"

import { UndoIcon } from "lucide-react"
import { useRef } from "react"
import { Button } from "@/components/ui/button"
import { Kbd } from "@/components/ui/kbd"
import type { Ended } from "@/lib/console/request-types"
import { undoAction } from "./actions"
import type { useDecision } from "./use-decision"
import { useShortcuts } from "./use-shortcuts"

type Undo = NonNullable<Ended["undo"]>

/** What undoing takes back, and what it cannot. */
function whatUndoes({ what, role, isSeenSince }: Undo): string {
  const takes =
    what.kind === "role"
      ? `Undoing revokes its token as ${role} and closes its connections. It may ask again.`
      : `Undoing takes ${what.scopes.join(", ")} back, for good, and closes its connections. It may ask again.`
  return isSeenSince
    ? `${takes} It has connected since: what it read or did stays done.`
    : `${takes} It has not connected since.`
}

/** The way back from an approval that was just made. */
export function UndoApproval({
  requestId,
  undo,
  shortcuts,
  decision: { decide, isPending },
}: {
  requestId: string
  undo: Ended["undo"]
  shortcuts: boolean
  decision: ReturnType<typeof useDecision>
}) {
  const place = useRef<HTMLDivElement>(null)
  const run = () => decide((confirmedLockout) => undoAction({ requestId, confirmedLockout }))
  useShortcuts(shortcuts && undo !== null && !isPending, place, { u: run })
  if (undo === null) return null
  return (
    <div ref={place} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="min-w-0 flex-1 basis-64 text-ink-2 wrap-anywhere">{whatUndoes(undo)}</p>
      <Button size="sm" disabled={isPending} onClick={run}>
        <UndoIcon aria-hidden />
        Undo
        {shortcuts && <Kbd aria-hidden>U</Kbd>}
      </Button>
    </div>
  )
}
