import { CheckIcon, XIcon } from "lucide-react"
import { DeviceName } from "@/components/device-name"
import { Button } from "@/components/ui/button"
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import type { DeviceRow } from "@/lib/console/device-list-types"
import type { DeviceOutcome } from "@/lib/pairing/at-once"
import { refusalSentences } from "@/lib/pairing/explain"
import { ScrollList } from "./scroll-list"

/** What became of a command, device by device. */
export function BulkOutcomes({
  outcomes,
  rows,
  done,
  onClose,
}: {
  outcomes: readonly DeviceOutcome[]
  rows: readonly DeviceRow[]
  /** The word beside a device on which it was done. */
  done: string
  onClose: () => void
}) {
  const changed = outcomes.filter(({ refused }) => refused === null)
  const names = new Map(rows.map(({ deviceId, name }) => [deviceId, name]))
  return (
    <>
      <DialogHeader>
        <DialogTitle>
          {changed.length} of {outcomes.length} {done}
        </DialogTitle>
        <DialogDescription>
          {changed.length === outcomes.length ? "Nothing was refused." : "What was refused is left as it was."}
        </DialogDescription>
      </DialogHeader>
      <ScrollList label="What became of each device">
        {outcomes.map(({ deviceId, refused }) => (
          <li key={deviceId} className="flex gap-2 py-1.5">
            {refused === null ? (
              <CheckIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
            ) : (
              <XIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
            )}
            <span className="min-w-0 wrap-anywhere">
              <span className="font-medium">
                <DeviceName name={names.get(deviceId) ?? null} max={40} />
              </span>{" "}
              <span className="text-ink-2">{refused === null ? done : `refused: ${refusalSentences[refused]}`}</span>
            </span>
          </li>
        ))}
      </ScrollList>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  )
}
