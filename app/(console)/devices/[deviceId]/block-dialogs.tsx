"use client"

import { DeviceName } from "@/components/device-name"
import type { DeviceView } from "@/lib/console/device-types"
import { blockDeviceAction, unblockDeviceAction } from "../actions"
import { ConfirmCommand } from "./confirm-command"
import { LockoutWarning } from "./lockout"

type Props = { device: DeviceView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

export function BlockDialog({ device, isOpen, onOpenChange }: Props) {
  return (
    <ConfirmCommand
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={
        <>
          Block <DeviceName name={device.name} max={40} />?
        </>
      }
      confirm="Block"
      isTold
      command={(said) => blockDeviceAction({ deviceId: device.deviceId, ...said })}
    >
      <p>
        Whatever this key asks is refused, its live connections are closed and its requests end. It is told so, and to
        stop asking.
      </p>
      <p>Its rights stay on record; unblocking restores them.</p>
      <LockoutWarning device={device} leaves="nothing" />
    </ConfirmCommand>
  )
}

export function UnblockDialog({ device, isOpen, onOpenChange }: Props) {
  return (
    <ConfirmCommand
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDangerous={false}
      title={
        <>
          Unblock <DeviceName name={device.name} max={40} />?
        </>
      }
      confirm="Unblock"
      command={({ note }) => unblockDeviceAction({ deviceId: device.deviceId, note })}
    >
      <p>
        {device.paired === null
          ? "The key may ask to be paired again."
          : "Everything it had is in force again, and it may connect."}
      </p>
    </ConfirmCommand>
  )
}
