"use client"

import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { ScopeNames } from "@/components/scope-name"
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog"
import { Button } from "@/components/ui/button"
import type { DeviceView } from "@/lib/console/device-types"
import { scopeInWords } from "@/lib/pairing/explain"
import type { Scopes } from "@/lib/pairing/types"

/** The last question before an edit gives something that hands over the gateway. */
export function GiveQuestion({
  device,
  scopes,
  label,
  isOpen,
  setOpen,
  give,
}: {
  device: DeviceView
  scopes: Scopes
  label: string
  isOpen: boolean
  setOpen: (isOpen: boolean) => void
  give: () => void
}) {
  return (
    <AlertDialog open={isOpen} onOpenChange={setOpen}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>
            Give <ScopeNames scopes={scopes} /> to this device?
          </AlertDialogTitle>
          <AlertDialogDescription>
            It did not ask for this now. Compare the fingerprint with the one that the device shows of itself.
          </AlertDialogDescription>
        </AlertDialogHeader>
        <div className="grid gap-1 rounded-lg border border-line bg-ground px-4 py-3">
          <strong className="font-semibold wrap-anywhere">
            <DeviceName name={device.name} />
          </strong>
          <Fingerprint deviceId={device.deviceId} className="text-lg text-ink" />
        </div>
        <ul className="grid gap-1 text-sm text-ink-2">
          {scopes.map((scope) => (
            <li key={scope}>
              <code>{scope}</code>: {scopeInWords(scope) ?? "unknown to this release"}.
            </li>
          ))}
        </ul>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button
            variant="danger-primary"
            onClick={() => {
              setOpen(false)
              give()
            }}
          >
            {label}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
