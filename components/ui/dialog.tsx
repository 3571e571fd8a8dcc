"use client"

import { XIcon } from "lucide-react"
import { Dialog as DialogPrimitive } from "radix-ui"
import { useReturnFocus } from "@/components/ui/use-return-focus"
import { cn } from "@/lib/utils"

function Dialog(props: React.ComponentProps<typeof DialogPrimitive.Root>) {
  return <DialogPrimitive.Root data-slot="dialog" {...props} />
}

function DialogTrigger(props: React.ComponentProps<typeof DialogPrimitive.Trigger>) {
  return <DialogPrimitive.Trigger data-slot="dialog-trigger" {...props} />
}

function DialogClose(props: React.ComponentProps<typeof DialogPrimitive.Close>) {
  return <DialogPrimitive.Close data-slot="dialog-close" {...props} />
}

function DialogContent({ className, children, ...props }: React.ComponentProps<typeof DialogPrimitive.Content>) {
  const returnFocus = useReturnFocus()
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay
        data-slot="dialog-overlay"
        className="fixed inset-0 z-40 grid animate-appear place-items-end overflow-y-auto bg-scrim sm:place-items-center sm:p-6"
      >
        <DialogPrimitive.Content
          data-slot="dialog-content"
          className={cn(
            "relative grid w-full grid-cols-[minmax(0,1fr)] animate-rise gap-4 rounded-t-xl border border-line bg-panel p-5 shadow-float outline-none sm:max-w-lg sm:rounded-xl sm:p-6",
            className,
          )}
          {...returnFocus}
          {...props}
        >
          {children}
          <DialogPrimitive.Close
            data-slot="dialog-dismiss"
            className="absolute top-4 right-4 grid size-8 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
          >
            <XIcon aria-hidden className="size-4" />
            <span className="sr-only">Close</span>
          </DialogPrimitive.Close>
        </DialogPrimitive.Content>
      </DialogPrimitive.Overlay>
    </DialogPrimitive.Portal>
  )
}

function DialogHeader({ className, ...props }: React.ComponentProps<"div">) {
  return <div data-slot="dialog-header" className={cn("grid gap-1.5 pr-8", className)} {...props} />
}

function DialogTitle({ className, ...props }: React.ComponentProps<typeof DialogPrimitive.Title>) {
  return (
    <DialogPrimitive.Title data-slot="dialog-title" className={cn("text-lg font-semibold", className)} {...props} />
  )
}

function DialogDescription({ className, ...props }: React.ComponentProps<typeof DialogPrimitive.Description>) {
  return (
    <DialogPrimitive.Description data-slot="dialog-description" className={cn("text-ink-2", className)} {...props} />
  )
}

function DialogFooter({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-footer"
      className={cn(
        "flex flex-col-reverse gap-2 sm:flex-row sm:flex-wrap sm:justify-end [&_button]:h-auto [&_button]:min-h-9 pointer-coarse:[&_button]:min-h-11 [&_button]:max-w-full [&_button]:py-1.5 [&_button]:shrink [&_button]:whitespace-normal",
        className,
      )}
      {...props}
    />
  )
}

export { Dialog, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle, DialogTrigger }
