"use client"

import { useState } from "react"
import { Field, Label } from "@/components/ui/field"
import { Textarea } from "@/components/ui/textarea"
import type { DeviceView } from "@/lib/console/device-types"
import { noteDeviceAction } from "../actions"
import { SaveDialog, SaveForm } from "../save-dialog"
import { useCommand } from "./use-command"

const longestNotes = 2000

export function NoteDialog({
  device,
  isOpen,
  onOpenChange,
}: {
  device: DeviceView
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  return (
    <SaveDialog
      isOpen={isOpen}
      onClose={() => onOpenChange(false)}
      title="Notes"
      description="For everybody who signs in here. The device never sees them."
    >
      <NoteForm device={device} onClose={() => onOpenChange(false)} />
    </SaveDialog>
  )
}

function NoteForm({ device, onClose }: { device: DeviceView; onClose: () => void }) {
  const [note, setNote] = useState(device.paired?.note ?? "")
  const { run, isRunning, problem } = useCommand(noteDeviceAction, onClose)
  return (
    <SaveForm
      isRunning={isRunning}
      problem={problem}
      onSave={() => run({ deviceId: device.deviceId, note: note.trim() })}
      onClose={onClose}
    >
      <Field>
        <Label htmlFor="device-notes">Notes</Label>
        <Textarea
          id="device-notes"
          rows={5}
          value={note}
          maxLength={longestNotes}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
    </SaveForm>
  )
}
