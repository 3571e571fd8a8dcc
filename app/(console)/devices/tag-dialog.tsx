"use client"

import { useState } from "react"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import type { DeviceView } from "@/lib/console/device-types"
import { useCommand } from "./[deviceId]/use-command"
import { tagDevicesAction } from "./actions"
import { readTags } from "./read-tags"
import { SaveDialog, SaveForm } from "./save-dialog"

export function TagDialog({
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
      title="Tags"
      description="Words of your own to find devices by, with commas between them. The device never sees them."
    >
      <TagForm device={device} onClose={() => onOpenChange(false)} />
    </SaveDialog>
  )
}

function TagForm({ device, onClose }: { device: DeviceView; onClose: () => void }) {
  const before = device.paired?.tags ?? []
  const [typed, setTyped] = useState(before.join(", "))
  const { run, isRunning, problem } = useCommand(async ({ tags }: { tags: readonly string[] }) => {
    const add = tags.filter((tag) => !before.includes(tag))
    const remove = before.filter((tag) => !tags.includes(tag))
    const [outcome] = await tagDevicesAction({ deviceIds: [device.deviceId], add, remove })
    return outcome?.refused ? { ok: false, because: outcome.refused } : { ok: true }
  }, onClose)
  const { tags, wrong } = readTags(typed)
  return (
    <SaveForm
      isRunning={isRunning}
      problem={
        problem ?? (wrong === null ? null : `“${wrong}” is no tag: letters, digits, dots and hyphens, at most 32.`)
      }
      onSave={() => {
        if (wrong === null) run({ tags })
      }}
      onClose={onClose}
    >
      <Field>
        <Label htmlFor="tags">Tags</Label>
        <Input
          id="tags"
          value={typed}
          maxLength={400}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
    </SaveForm>
  )
}
