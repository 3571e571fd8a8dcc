"use client"

import { useState } from "react"
import { DeviceName } from "@/components/device-name"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { Field, FieldDescription, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import type { DeviceView } from "@/lib/console/device-types"
import { renameDeviceAction } from "../actions"
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
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Rename</DialogTitle>
          <DialogDescription>
            Your name for this device stands in place of its own,{" "}
            <DeviceName name={device.paired?.displayName ?? null} />.
          </DialogDescription>
        </DialogHeader>
        <RenameForm device={device} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

function RenameForm({ device, onClose }: { device: DeviceView; onClose: () => void }) {
  const [label, setLabel] = useState(device.paired?.label ?? "")
  const { run, isRunning, problem } = useCommand(renameDeviceAction, onClose)
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run({ deviceId: device.deviceId, label: label.trim() === "" ? null : label.trim() })
      }}
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
      {problem !== null && (
        <Notice tone="danger" live>
          {problem}
        </Notice>
      )}
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isRunning}>
          Save
        </Button>
      </DialogFooter>
    </form>
  )
}
