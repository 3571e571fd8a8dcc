"use client"

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

/**
 * The last question before something that is not taken back lightly: what it is, what can be said with it, and the button
 * that does it.
 */
export function Question({
  isOpen,
  onClose,
  title,
  description,
  confirm,
  isDangerous = true,
  isBusy = false,
  onConfirm,
  children,
}: {
  isOpen: boolean
  onClose: () => void
  title: React.ReactNode
  description: React.ReactNode
  /** The words on the button: what it will do. */
  confirm: string
  isDangerous?: boolean
  isBusy?: boolean
  onConfirm: () => void
  children?: React.ReactNode
}) {
  return (
    <AlertDialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription asChild>
            <div className="grid gap-2">{description}</div>
          </AlertDialogDescription>
        </AlertDialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            // It may be asked from within another form, which is not what is answered here.
            event.stopPropagation()
            onConfirm()
          }}
        >
          {children}
          <AlertDialogFooter>
            <AlertDialogCancel>Cancel</AlertDialogCancel>
            <Button type="submit" variant={isDangerous ? "danger-primary" : "primary"} disabled={isBusy}>
              {confirm}
            </Button>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  )
}
