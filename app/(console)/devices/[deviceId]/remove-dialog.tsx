"use client"

import { useRouter } from "next/navigation"
import { DeviceName } from "@/components/device-name"
import { Notice } from "@/components/ui/notice"
import type { DeviceView } from "@/lib/console/device-types"
import { removeDeviceAction } from "../actions"
import { ConfirmCommand } from "./confirm-command"
import { LockoutWarning } from "./lockout"

export function RemoveDialog({
  device,
  isOpen,
  onOpenChange,
}: {
  device: DeviceView
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  const router = useRouter()
  return (
    <ConfirmCommand
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={
        <>
          Remove <DeviceName name={device.name} max={40} />?
        </>
      }
      confirm="Remove"
      command={(said) => removeDeviceAction({ deviceId: device.deviceId, ...said })}
      onDone={() => router.push("/devices")}
    >
      <p>
        Its tokens die, its live connections and requests end, and its approved scopes are forgotten, together with what
        was withheld from it. The audit log keeps what happened.
      </p>
      <LockoutWarning device={device} leaves="nothing" />
      {device.block === null && (
        <Notice tone="warn">
          This does not keep it out. From this machine it is paired again silently at its next connect, with whatever it
          asks for; from elsewhere it may ask anew. To keep it out, block it.
        </Notice>
      )}
    </ConfirmCommand>
  )
}
