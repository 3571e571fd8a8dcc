"use client"

import { AlertDialog as AlertDialogPrimitive } from "radix-ui"
import { Button } from "@/components/ui/button"
import { useReturnFocus } from "@/components/ui/use-return-focus"
import { cn } from "@/lib/utils"

function AlertDialog(props: React.ComponentProps<typeof AlertDialogPrimitive.Root>) {
  return <AlertDialogPrimitive.Root data-slot="alert-dialog" {...props} />
}

function AlertDialogTrigger(props: React.ComponentProps<typeof AlertDialogPrimitive.Trigger>) {
  return <AlertDialogPrimitive.Trigger data-slot="alert-dialog-trigger" {...props} />
}

/**
 * What has the focus first: the field, so that no key of what is written in it presses a button; else the way out. On
 * a screen that is touched nobody has begun to type, and the field would bring up its keyboard: there it is the dialog.
 */
function focusFirst(event: Event): void {
  const { currentTarget: content } = event
  if (!(content instanceof HTMLElement)) return
  const field = content.querySelector<HTMLElement>("textarea, input:not([type=checkbox], [type=radio])")
  if (field === null) return
  event.preventDefault()
  const first = window.matchMedia("(pointer: coarse)").matches ? content : field
  first.focus({ preventScroll: true })
}

function AlertDialogContent({ className, ...props }: React.ComponentProps<typeof AlertDialogPrimitive.Content>) {
  const { onOpenAutoFocus, onCloseAutoFocus } = useReturnFocus()
  return (
    <AlertDialogPrimitive.Portal>
      <AlertDialogPrimitive.Overlay
        data-slot="alert-dialog-overlay"
        className="fixed inset-0 z-40 grid animate-appear place-items-end overflow-y-auto bg-scrim sm:place-items-center sm:p-6"
      >
        <AlertDialogPrimitive.Content
          data-slot="alert-dialog-content"
          className={cn(
            "grid w-full grid-cols-[minmax(0,1fr)] animate-rise gap-4 rounded-t-xl border border-line bg-panel p-5 shadow-float outline-none sm:max-w-md sm:rounded-xl sm:p-6",
            className,
          )}
          onOpenAutoFocus={(event) => {
            onOpenAutoFocus()
            focusFirst(event)
          }}
          onCloseAutoFocus={onCloseAutoFocus}
          {...props}
        />
      </AlertDialogPrimitive.Overlay>
    </AlertDialogPrimitive.Portal>
  )
}

function AlertDialogHeader({ className, ...props }: React.ComponentProps<"div">) {
  return <div data-slot="alert-dialog-header" className={cn("grid gap-1.5", className)} {...props} />
}

function AlertDialogTitle({ className, ...props }: React.ComponentProps<typeof AlertDialogPrimitive.Title>) {
  return (
    <AlertDialogPrimitive.Title
      data-slot="alert-dialog-title"
      className={cn("text-lg font-semibold", className)}
      {...props}
    />
  )
}

function AlertDialogDescription({
  className,
  ...props
}: React.ComponentProps<typeof AlertDialogPrimitive.Description>) {
  return (
    <AlertDialogPrimitive.Description
      data-slot="alert-dialog-description"
      className={cn("text-ink-2", className)}
      {...props}
    />
  )
}

function AlertDialogFooter({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="alert-dialog-footer"
      className={cn(
        "flex flex-col-reverse gap-2 sm:flex-row sm:items-center sm:justify-end [&_button]:h-auto [&_button]:min-h-9 pointer-coarse:[&_button]:min-h-11 [&_button]:py-1.5 [&_button:not([data-slot=alert-dialog-cancel])]:shrink [&_button]:whitespace-normal",
        className,
      )}
      {...props}
    />
  )
}

function AlertDialogCancel({ children, ...props }: React.ComponentProps<typeof AlertDialogPrimitive.Cancel>) {
  return (
    <AlertDialogPrimitive.Cancel data-slot="alert-dialog-cancel" asChild {...props}>
      <Button>{children}</Button>
    </AlertDialogPrimitive.Cancel>
  )
}

export {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
}
