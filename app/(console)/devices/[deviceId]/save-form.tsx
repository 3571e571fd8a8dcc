import { Button } from "@/components/ui/button"
import { DialogFooter } from "@/components/ui/dialog"
import { Notice } from "@/components/ui/notice"

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
