import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { Notice } from "@/components/ui/notice"

/** A dialog in which one thing is written and saved; what is in it begins anew each time. */
export function SaveDialog({
  isOpen,
  onClose,
  title,
  description,
  children,
}: {
  isOpen: boolean
  onClose: () => void
  title: string
  description: React.ReactNode
  children: React.ReactNode
}) {
  return (
    <Dialog open={isOpen} onOpenChange={(open) => open || onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{description}</DialogDescription>
        </DialogHeader>
        {children}
      </DialogContent>
    </Dialog>
  )
}

/** The form of a dialog that saves one thing: its fields, what went wrong, and the two ways out. */
export function SaveForm({
  isRunning,
  problem,
  onSave,
  onClose,
  children,
}: {
  isRunning: boolean
  problem: React.ReactNode
  onSave: () => void
  onClose: () => void
  children: React.ReactNode
}) {
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
    >
      {children}
      {problem !== null && (
        <Notice tone="danger" live>
          {problem}
        </Notice>
      )}
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isRunning}>
          Save
        </Button>
      </DialogFooter>
    </form>
  )
}
