"use client"

import { useEffect, useState } from "react"
import { Button } from "@/components/ui/button"
import { Card } from "@/components/ui/card"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { Notice } from "@/components/ui/notice"
import { RadioGroup } from "@/components/ui/radio-group"
import type { DuplicatesView } from "@/lib/console/device-list-types"
import { mergeDuplicatesAction } from "../actions"
import { BulkOutcomes } from "../bulk-outcomes"
import { devicesInWords } from "../device-words"
import { GoingDevices } from "../going-devices"
import { useBulk } from "../use-bulk"
import { DuplicateColumn } from "./duplicate-column"

/** The keys of a machine side by side: which one stays, and which of the others go. */
export function MergeForm({ view: { rows, more }, mayRemove }: { view: DuplicatesView; mayRemove: boolean }) {
  const [keep, setKeep] = useState(rows[0]?.deviceId ?? "")
  // What was asked about, so that it keeps its names when it is gone.
  const [asked, setAsked] = useState<DuplicatesView["rows"] | null>(null)
  const { run, outcomes, isRunning } = useBulk(mergeDuplicatesAction, () => undefined)
  const going = rows.filter((row) => row.deviceId !== keep && !row.isOnline)
  const staying = rows.filter((row) => row.deviceId !== keep && row.isOnline)
  // The page is of the one that stays, for it is loaded anew when the others are gone.
  useEffect(() => window.history.replaceState(null, "", `/devices/duplicates?of=${keep}`), [keep])
  return (
    <>
      {/* As many beside each other as fit; the lines at the outer edges lie under that of the card. */}
      <Card className="relative min-w-0 overflow-hidden">
        <RadioGroup
          aria-label="Which one stays"
          value={keep}
          onValueChange={setKeep}
          disabled={!mayRemove}
          className="-mr-px -mb-px grid grid-cols-[repeat(auto-fit,minmax(min(100%,15rem),1fr))] items-stretch gap-0"
        >
          {rows.map((row) => (
            <DuplicateColumn key={row.deviceId} row={row} isKept={row.deviceId === keep} mayChoose={mayRemove} />
          ))}
        </RadioGroup>
      </Card>
      {more && (
        <p className="text-sm text-ink-3">There are more, which are older. Once these are fewer, they are shown.</p>
      )}
      {mayRemove && rows.length > 1 && (
        <div className="grid justify-items-start gap-3">
          <p className="max-w-prose text-ink-2">
            What people named, noted and tagged passes to the one that stays. Approved scopes do not: it keeps its own.
            {staying.length > 0 &&
              ` ${staying.length === 1 ? "One other is" : `${staying.length} others are`} connected now and left alone.`}
          </p>
          <Button variant="danger" disabled={going.length === 0} onClick={() => setAsked(going)}>
            Remove the other {going.length === 1 ? "device" : devicesInWords(going.length)}
          </Button>
        </div>
      )}
      <Dialog open={asked !== null} onOpenChange={(isOpen) => isOpen || setAsked(null)}>
        <DialogContent>
          {asked !== null && outcomes === null && (
            <Question
              rows={asked}
              isRunning={isRunning}
              onCancel={() => setAsked(null)}
              onConfirm={() => run({ keep, deviceIds: asked.map(({ deviceId }) => deviceId) })}
            />
          )}
          {asked !== null && outcomes !== null && (
            <BulkOutcomes outcomes={outcomes} rows={asked} done="removed" onClose={() => setAsked(null)} />
          )}
        </DialogContent>
      </Dialog>
    </>
  )
}

function Question({
  rows,
  isRunning,
  onCancel,
  onConfirm,
}: {
  rows: DuplicatesView["rows"]
  isRunning: boolean
  onCancel: () => void
  onConfirm: () => void
}) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>Remove {devicesInWords(rows.length)}?</DialogTitle>
        <DialogDescription>
          Their tokens die, and what was approved for them is forgotten. A machine that still has such a key asks anew.
        </DialogDescription>
      </DialogHeader>
      <GoingDevices label="What is removed" rows={rows} />
      <Notice tone="warn">The last device that holds pairing or admin is left, whichever it is.</Notice>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="danger-primary" disabled={isRunning} onClick={onConfirm}>
          Remove {devicesInWords(rows.length)}
        </Button>
      </DialogFooter>
    </>
  )
}
