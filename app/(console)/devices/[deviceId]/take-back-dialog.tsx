"use client"

import { DeviceName } from "@/components/device-name"
import { ScopeName } from "@/components/scope-name"
import type { DeviceView } from "@/lib/console/device-types"
import { takeBackSilentAction } from "../actions"
import { ConfirmCommand } from "./confirm-command"

export function TakeBackDialog({
  isOpen,
  device,
  scope,
  onClose,
}: {
  isOpen: boolean
  device: DeviceView
  /** The scope to take back; null while nothing is asked. */
  scope: string | null
  onClose: () => void
}) {
  return (
    <ConfirmCommand
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          Take back {scope !== null && <ScopeName scope={scope} />} from <DeviceName name={device.name} max={40} />?
        </>
      }
      confirm="Take back"
      command={(said) =>
        takeBackSilentAction({ deviceId: device.deviceId, scopes: scope === null ? [] : [scope], ...said })
      }
    >
      <p>
        A rule granted it silently and no person has approved it. It leaves the approved scopes and the token, live
        connections that use it are closed, and no rule grants it again.
      </p>
    </ConfirmCommand>
  )
}
