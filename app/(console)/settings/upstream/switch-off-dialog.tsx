"use client"

import { useState } from "react"
import { showToast } from "@/components/toast"
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog"
import { Button } from "@/components/ui/button"
import { useCommand } from "@/components/use-command"
import { switchOffAction } from "./actions"

/** Takes the gateway behind away, after saying whom that cuts off. */
export function SwitchOffDialog({ relays, onOff }: { relays: number; onOff: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const [isBusy, run] = useCommand()
  const switchOff = () =>
    run(async () => {
      const result = await switchOffAction()
      setOpen(false)
      showToast("ok", result.ok ? "Devices are no longer served through it." : "It was switched off already.")
      onOff()
    })
  return (
    <AlertDialog open={isOpen} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button size="sm" variant="danger">
          Switch off
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Switch off the gateway behind?</AlertDialogTitle>
          <AlertDialogDescription>
            {relays === 0
              ? "Nobody is connected through it now."
              : `${relays === 1 ? "One connection is" : `${relays} connections are`} cut off.`}{" "}
            Devices stay paired and are decided about here, but nothing serves them. The secret is forgotten.
          </AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button variant="danger-primary" disabled={isBusy} onClick={switchOff}>
            Switch it off
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
