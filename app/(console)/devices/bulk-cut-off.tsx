"use client"

import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { DeviceName } from "@/components/device-name"
import { NoteField, noteOf } from "@/components/note-field"
import { Button } from "@/components/ui/button"
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import type { DeviceRow } from "@/lib/console/device-list-types"
import type { CutOffSummary } from "@/lib/pairing/at-once"
import { keptSentences } from "@/lib/pairing/explain"
import { removeDevicesAction, revokeDevicesAction, summariseCutOffAction } from "./actions"
import { BulkOutcomes } from "./bulk-outcomes"
import { devicesInWords } from "./device-words"
import { GoingDevices } from "./going-devices"
import { ScopeCounts } from "./scope-counts"
import { useBulk } from "./use-bulk"

const words = {
  revoke: {
    verb: "Revoke the tokens of",
    done: "revoked",
    means:
      "The tokens are dead at once and cannot be restored. Connecting again becomes a request, from this machine too. What was approved stays on record.",
  },
  remove: {
    verb: "Remove",
    done: "removed",
    means:
      "Their tokens die, their live connections and requests end, and what was approved for them is forgotten. This does not keep them out: to keep one out, block it.",
  },
} as const

/** Before several devices are cut off: which they are, what would be lost, what is left out, and the number to type. */
export function BulkCutOff({
  how,
  rows,
  onDone,
  onClose,
}: {
  how: keyof typeof words
  rows: readonly DeviceRow[]
  onDone: (deviceIds: readonly string[]) => void
  onClose: () => void
}) {
  const { verb, done, means } = words[how]
  const [typed, setTyped] = useState("")
  const [note, setNote] = useState("")
  const deviceIds = rows.map(({ deviceId }) => deviceId)
  const { data: summary, isError } = useQuery({
    queryKey: ["devices", "cut-off", deviceIds],
    queryFn: () => summariseCutOffAction(deviceIds),
    gcTime: 0,
  })
  const { run, outcomes, isRunning } = useBulk(how === "revoke" ? revokeDevicesAction : removeDevicesAction, onDone)
  if (outcomes !== null) return <BulkOutcomes outcomes={outcomes} rows={rows} done={done} onClose={onClose} />

  const isKept = (deviceId: string) => summary?.kept.some((one) => one.deviceId === deviceId) === true
  const count = summary === undefined ? rows.length : summary.devices - summary.kept.length
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run({ deviceIds, note: noteOf(note) })
      }}
    >
      <DialogHeader>
        <DialogTitle>
          {verb} {devicesInWords(count)}?
        </DialogTitle>
        <DialogDescription>{means}</DialogDescription>
      </DialogHeader>
      <GoingDevices label="What is cut off" rows={rows.filter(({ deviceId }) => !isKept(deviceId))} />
      {isError && (
        <Notice tone="danger" live>
          What this would take away could not be loaded, so it cannot be done from here now.
        </Notice>
      )}
      {summary === undefined ? (
        !isError && <Skeleton className="h-24 w-full" />
      ) : (
        <Summary summary={summary} rows={rows} />
      )}
      <NoteField value={note} onChange={setNote} />
      <Field>
        <Label htmlFor="cut-off-count">Type {count} to confirm</Label>
        <Input
          id="cut-off-count"
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="danger-primary"
          disabled={isRunning || summary === undefined || count === 0 || typed.trim() !== String(count)}
        >
          {verb} {devicesInWords(count)}
        </Button>
      </DialogFooter>
    </form>
  )
}

function Summary({ summary, rows }: { summary: CutOffSummary; rows: readonly DeviceRow[] }) {
  const names = new Map(rows.map(({ deviceId, name }) => [deviceId, name]))
  const gone = rows.length - summary.devices
  const count = summary.devices - summary.kept.length
  return (
    <section aria-label="What this takes away" className="grid gap-2">
      {count > 0 && (
        <p>
          {summary.online === 0
            ? "None of them is connected now."
            : `${summary.online === 1 ? "One is" : `${summary.online} are`} connected now and cut off within a second.`}
          {gone > 0 && ` ${gone === 1 ? "One is" : `${gone} are`} gone already.`}
        </p>
      )}
      <div className="grid gap-1">
        <p className="text-sm text-ink-3">Approved among them</p>
        <ScopeCounts scopes={summary.scopes} />
      </div>
      {summary.kept.map(({ deviceId, because }) => (
        <Notice key={deviceId} tone="warn">
          <DeviceName name={names.get(deviceId) ?? null} max={40} /> is left out:{" "}
          {because.map((loss) => keptSentences[loss]).join(", and ")}.
        </Notice>
      ))}
    </section>
  )
}
