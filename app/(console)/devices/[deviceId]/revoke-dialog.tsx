"use client"

import { DeviceName } from "@/components/device-name"
import type { DeviceView, RoleView } from "@/lib/console/device-types"
import { revokeTokenAction } from "../actions"
import { ConfirmCommand } from "./confirm-command"
import { LockoutWarning } from "./lockout"

export function RevokeDialog({
  device,
  role,
  isOpen,
  onOpenChange,
}: {
  device: DeviceView
  role: RoleView
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  const live = device.sessions.filter((session) => session.role === role.role).length
  return (
    <ConfirmCommand
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={
        <>
          Revoke the {role.role} token of <DeviceName name={device.name} max={40} />?
        </>
      }
      confirm="Revoke"
      command={(said) => revokeTokenAction({ deviceId: device.deviceId, role: role.role, ...said })}
    >
      <p>
        The token is dead at once and cannot be restored
        {live > 0 &&
          `, and ${live === 1 ? "1 live connection is" : `${live} live connections are`} closed within a second`}
        .
      </p>
      <p>
        Connecting again as {role.role} becomes a request for a new role, from this machine too. The approved scopes
        stay on record.
      </p>
      <LockoutWarning device={device} leaves={{ role: role.role, scopes: [] }} />
    </ConfirmCommand>
  )
}
