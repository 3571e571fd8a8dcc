import { LockoutQuestion } from "@/components/lockout-question"
import { Notice } from "@/components/ui/notice"
import type { RunningCommand } from "./use-command"

/** Why a command was not carried out: a sentence, or what it would cut off with the second question. */
export function CommandProblem({
  problem,
  losses,
  isConfirmed,
  setConfirmed,
}: Pick<RunningCommand<never>, "problem" | "losses"> & {
  isConfirmed: boolean
  setConfirmed: (isConfirmed: boolean) => void
}) {
  return (
    <>
      {problem !== null && (
        <Notice tone="danger" live>
          {problem}
        </Notice>
      )}
      <LockoutQuestion losses={losses} isConfirmed={isConfirmed} onConfirm={setConfirmed} />
    </>
  )
}
