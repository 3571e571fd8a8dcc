import Link from "next/link"
import { decisionsHref } from "@/lib/console/overview-links"
import { type Correction, corrections } from "@/lib/console/overview-types"
import { countInWords } from "./number-link"
import { correctionWords } from "./outcome-words"

/** The decisions that were taken back, each kind with the way to its list; nothing where there are none. */
export function TakenBack({
  counts,
  fromMs,
  person,
  children,
}: {
  counts: Readonly<Record<Correction, number>>
  fromMs: number
  /** Who took them back: an admin's id, null for sessions on the wire; absent for everybody. */
  person?: string | null
  /** What is said before and after the numbers. */
  children?: (numbers: React.ReactNode) => React.ReactNode
}) {
  const some = corrections.filter((kind) => counts[kind] > 0)
  if (some.length === 0) return null
  const numbers = some.map((kind, index) => (
    <span key={kind}>
      {index > 0 && ", "}
      <Link
        href={decisionsHref({ outcome: kind, fromMs, ...(person !== undefined && { person }) })}
        prefetch={false}
        className="tabular-nums underline decoration-line underline-offset-4 hover:text-accent hover:decoration-current"
      >
        {countInWords({ value: counts[kind], more: false })}{" "}
        {counts[kind] === 1 ? correctionWords[kind].one : correctionWords[kind].more}
      </Link>
    </span>
  ))
  return <p className="text-sm text-ink-3">{children === undefined ? numbers : children(numbers)}</p>
}
