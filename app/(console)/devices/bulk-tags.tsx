"use client"

import { useState } from "react"
import { Button } from "@/components/ui/button"
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { tagDevicesAction } from "./actions"
import { BulkOutcomes } from "./bulk-outcomes"
import { devicesInWords } from "./device-words"
import { readTags } from "./read-tags"
import { useBulk } from "./use-bulk"

/** Tags put on all selected devices, and taken off them. */
export function BulkTags({
  rows,
  onDone,
  onClose,
}: {
  rows: readonly DeviceRow[]
  onDone: (deviceIds: readonly string[]) => void
  onClose: () => void
}) {
  const [added, setAdded] = useState("")
  const [removed, setRemoved] = useState("")
  const { run, outcomes, isRunning } = useBulk(tagDevicesAction, onDone)
  if (outcomes !== null) return <BulkOutcomes outcomes={outcomes} rows={rows} done="tagged" onClose={onClose} />

  const [add, remove] = [readTags(added), readTags(removed)]
  const wrong = add.wrong ?? remove.wrong
  const isNothing = add.tags.length + remove.tags.length === 0
  const held = [...new Set(rows.flatMap(({ tags }) => tags))].sort()
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run({ deviceIds: rows.map(({ deviceId }) => deviceId), add: [...add.tags], remove: [...remove.tags] })
      }}
    >
      <DialogHeader>
        <DialogTitle>Tags of {devicesInWords(rows.length)}</DialogTitle>
        <DialogDescription>
          {held.length === 0 ? "None of them has a tag." : `They have: ${held.join(", ")}.`}
        </DialogDescription>
      </DialogHeader>
      <TagField id="add-tags" label="Add, with commas between them" value={added} onChange={setAdded} />
      <TagField id="remove-tags" label="Take off" value={removed} onChange={setRemoved} />
      {wrong !== null && (
        <Notice tone="danger" live>
          “{wrong}” is no tag: letters, digits, dots and hyphens, at most 32.
        </Notice>
      )}
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isRunning || wrong !== null || isNothing}>
          Change tags
        </Button>
      </DialogFooter>
    </form>
  )
}

function TagField({
  id,
  label,
  value,
  onChange,
}: {
  id: string
  label: string
  value: string
  onChange: (typed: string) => void
}) {
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id}
        value={value}
        maxLength={400}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  )
}
