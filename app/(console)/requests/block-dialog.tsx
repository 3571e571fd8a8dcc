"use client"

import { Fingerprint } from "@/components/fingerprint"
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
import type { RequestView } from "@/lib/console/request-types"
import { RequestName } from "./request-name"

/** The question before a key is shut out for good. */
export function BlockDialog({
  request,
  isOpen,
  setOpen,
  block,
}: {
  request: RequestView
  isOpen: boolean
  setOpen: (isOpen: boolean) => void
  block: () => void
}) {
  return (
    <AlertDialog open={isOpen} onOpenChange={setOpen}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Block this key?</AlertDialogTitle>
          <AlertDialogDescription>
            Whatever it asks is refused from now on, its requests end and its connections are closed. Its rights stay on
            record, so that unblocking it brings them back.
          </AlertDialogDescription>
        </AlertDialogHeader>
        <div className="grid gap-1 rounded-lg border border-line bg-ground px-4 py-3">
          <strong className="font-semibold">
            <RequestName label={request.label} displayName={request.displayName} />
          </strong>
          <Fingerprint deviceId={request.deviceId} className="text-lg text-ink" />
        </div>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button
            variant="danger-primary"
            onClick={() => {
              setOpen(false)
              block()
            }}
          >
            Block the key
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
