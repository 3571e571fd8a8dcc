import { CheckIcon, MinusIcon, XIcon } from "lucide-react"
import { ScrollList } from "@/components/scroll-list"
import { Button } from "@/components/ui/button"
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog"

export type Outcome = {
  readonly id: string
  readonly name: React.ReactNode
  /** Why it was refused; null where it was done. */
  readonly refused: React.ReactNode
}

/** One that the command was not given for. */
export type LeftOutOutcome = { readonly id: string; readonly name: React.ReactNode; readonly why: string }

const none: readonly LeftOutOutcome[] = []

/** What became of a command that was given for several, one by one. */
export function OutcomeList({
  outcomes,
  leftOut = none,
  label,
  done,
  about,
  onClose,
}: {
  outcomes: readonly Outcome[]
  /** What was left as it is without being asked about. */
  leftOut?: readonly LeftOutOutcome[]
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
          {changed} of {outcomes.length + leftOut.length} {done}
        </DialogTitle>
        <DialogDescription>
          {changed === outcomes.length ? "Nothing was refused." : "What was refused is left as it was."}{" "}
          {leftOut.length > 0 && "What was left out still waits. "}
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
        {leftOut.map(({ id, name, why }) => (
          <li key={id} className="flex gap-2 py-1.5">
            <MinusIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
            <span className="min-w-0 wrap-anywhere">
              <span className="font-medium">{name}</span>{" "}
              <span className="text-ink-2">left out, and still waits: {why}</span>
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
