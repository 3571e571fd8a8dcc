"use client"

import { useState } from "react"
import { DeviceName } from "@/components/device-name"
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import type { DeviceView, RoleView } from "@/lib/console/device-types"
import type { Scopes } from "@/lib/pairing/types"
import { EditForm } from "./edit-form"

/** How a dialog begins: with what holds, or with less ticked. */
export type EditStart = { readonly lowerTo: Scopes | null }

/** The approved scopes and the token of a role, to change both. */
export function EditDialog({
  isOpen,
  device,
  role,
  start,
  onClose,
}: {
  isOpen: boolean
  device: DeviceView
  role: RoleView
  /** Null while the dialog is closed. */
  start: EditStart | null
  onClose: () => void
}) {
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-2xl">
        <DialogHeader>
          <DialogTitle>
            Edit the {role.role} scopes of <DeviceName name={device.name} max={40} />
          </DialogTitle>
          <DialogDescription>
            Approved is what lasts: the most the device may ever use. The token is what it uses now, never more than
            approved.
          </DialogDescription>
        </DialogHeader>
        {start !== null && <ShownRights device={device} role={role} start={start} onClose={onClose} />}
      </DialogContent>
    </Dialog>
  )
}

/** Chooses among the rights that were shown: when they change meanwhile, nothing is done until they are looked at. */
function ShownRights({
  device,
  role,
  start,
  onClose,
}: {
  device: DeviceView
  role: RoleView
  start: EditStart
  onClose: () => void
}) {
  const revision = device.paired?.revision ?? 0
  const [shown, setShown] = useState({ revision, role, start })
  return (
    <EditForm
      key={shown.revision}
      device={device}
      shown={shown}
      showPresent={shown.revision === revision ? null : () => setShown({ revision, role, start: { lowerTo: null } })}
      onClose={onClose}
    />
  )
}
