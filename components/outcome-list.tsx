import { CheckIcon, XIcon } from "lucide-react"
import { ScrollList } from "@/components/scroll-list"
import { Button } from "@/components/ui/button"
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog"

export type Outcome = {
  readonly id: string
  readonly name: React.ReactNode
  /** Why it was refused; null where it was done. */
  readonly refused: React.ReactNode
}

/** What became of a command that was given for several, one by one. */
export function OutcomeList({
  outcomes,
  label,
  done,
  about,
  onClose,
}: {
  outcomes: readonly Outcome[]
  /** What the list is of. */
  label: string
  /** The word beside each on which it was done. */
  done: string
  /** What one should know of those on which it was done. */
  about?: React.ReactNode
  onClose: () => void
}) {
  const changed = outcomes.filter(({ refused }) => refused === null).length
  return (
    <>
      <DialogHeader>
        <DialogTitle>
          {changed} of {outcomes.length} {done}
        </DialogTitle>
        <DialogDescription>
          {changed === outcomes.length ? "Nothing was refused." : "What was refused is left as it was."}{" "}
          {changed > 0 && about}
        </DialogDescription>
      </DialogHeader>
      <ScrollList label={label}>
        {outcomes.map(({ id, name, refused }) => (
          <li key={id} className="flex gap-2 py-1.5">
            {refused === null ? (
              <CheckIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
            ) : (
              <XIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
            )}
            <span className="min-w-0 wrap-anywhere">
              <span className="font-medium">{name}</span>{" "}
              <span className="text-ink-2">{refused === null ? done : <>refused: {refused}</>}</span>
            </span>
          </li>
        ))}
      </ScrollList>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  )
}
