"use client"

import { ArrowRightIcon } from "lucide-react"
import { useState } from "react"
import { neutralise } from "@/components/neutralise"
import { ScrollList } from "@/components/scroll-list"
import { Button } from "@/components/ui/button"
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { labelDevicesAction } from "./actions"
import { BulkOutcomes } from "./bulk-outcomes"
import { devicesInWords } from "./device-words"
import { useBulk } from "./use-bulk"

const longestName = 64

/** All selected devices renamed by what comes before and after their names, shown name by name first. */
export function BulkLabels({
  rows,
  onDone,
  onClose,
}: {
  rows: readonly DeviceRow[]
  onDone: (deviceIds: readonly string[]) => void
  onClose: () => void
}) {
  const [before, setBefore] = useState("")
  const [after, setAfter] = useState("")
  const { run, outcomes, isRunning } = useBulk(labelDevicesAction, onDone)
  if (outcomes !== null) return <BulkOutcomes outcomes={outcomes} rows={rows} done="renamed" onClose={onClose} />

  const labels = rows.map(({ deviceId, name }) => {
    const old = neutralise(name, longestName)?.text ?? deviceId.slice(0, 8)
    return { deviceId, old, label: `${before}${old}${after}`.trim() }
  })
  const tooLong = labels.filter(({ label }) => label.length > longestName).length
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run(labels.map(({ deviceId, label }) => ({ deviceId, label })))
      }}
    >
      <DialogHeader>
        <DialogTitle>Rename {devicesInWords(rows.length)}</DialogTitle>
        <DialogDescription>What the devices call themselves stays.</DialogDescription>
      </DialogHeader>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field>
          <Label htmlFor="name-before">Before the name</Label>
          <Input id="name-before" value={before} maxLength={40} onChange={(event) => setBefore(event.target.value)} />
        </Field>
        <Field>
          <Label htmlFor="name-after">After the name</Label>
          <Input id="name-after" value={after} maxLength={40} onChange={(event) => setAfter(event.target.value)} />
        </Field>
      </div>
      <ScrollList label="The names before and after">
        {labels.map(({ deviceId, old, label }) => (
          <li key={deviceId} className="flex flex-wrap items-center gap-x-2 py-1.5 wrap-anywhere">
            <bdi className="text-ink-3">{old}</bdi>
            <ArrowRightIcon aria-hidden className="size-3.5 text-ink-3" />
            <bdi className={label.length > longestName ? "text-danger" : "font-medium"}>{label}</bdi>
          </li>
        ))}
      </ScrollList>
      {tooLong > 0 && (
        <Notice tone="danger" live>
          {tooLong === 1 ? "One name" : `${tooLong} names`} would be longer than {longestName} characters.
        </Notice>
      )}
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isRunning || tooLong > 0 || before + after === ""}>
          Rename {devicesInWords(rows.length)}
        </Button>
      </DialogFooter>
    </form>
  )
}
