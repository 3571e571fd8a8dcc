"use client"

import { useState } from "react"
import { DeviceName } from "@/components/device-name"
import { Field, FieldDescription, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import type { DeviceView } from "@/lib/console/device-types"
import { renameDeviceAction } from "../actions"
import { SaveDialog, SaveForm } from "../save-dialog"
import { useCommand } from "./use-command"

const longestLabel = 64

export function RenameDialog({
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
      title="Rename"
      description={
        <>
          Your name for this device stands in place of its own, <DeviceName name={device.paired?.displayName ?? null} />
          .
        </>
      }
    >
      <RenameForm device={device} onClose={() => onOpenChange(false)} />
    </SaveDialog>
  )
}

function RenameForm({ device, onClose }: { device: DeviceView; onClose: () => void }) {
  const [label, setLabel] = useState(device.paired?.label ?? "")
  const { run, isRunning, problem } = useCommand(renameDeviceAction, onClose)
  return (
    <SaveForm
      isRunning={isRunning}
      problem={problem}
      onSave={() => run({ deviceId: device.deviceId, label: label.trim() === "" ? null : label.trim() })}
      onClose={onClose}
    >
      <Field>
        <Label htmlFor="device-label">Name</Label>
        <Input
          id="device-label"
          value={label}
          maxLength={longestLabel}
          autoComplete="off"
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <FieldDescription>Left empty, it goes by the name it gives itself.</FieldDescription>
      </Field>
    </SaveForm>
  )
}
