import { CheckIcon, CircleDashedIcon, InfoIcon, XIcon } from "lucide-react"
import type { CheckStep } from "@/lib/console/upstream-types"
import { checkWords } from "./upstream-words"

const marks = {
  good: { icon: CheckIcon, className: "text-ok", words: "good" },
  advice: { icon: InfoIcon, className: "text-warn", words: "to know" },
  bad: { icon: XIcon, className: "text-danger", words: "wrong" },
  skipped: { icon: CircleDashedIcon, className: "text-ink-3", words: "not looked at" },
} as const

/** Every step of the check with its result; a failed one names the line to change. */
export function CheckList({ steps }: { steps: readonly CheckStep[] }) {
  return (
    <ol aria-label="Check" className="grid divide-y divide-line-soft rounded-lg border border-line-soft">
      {steps.map((step) => (
        <Step key={step.name} step={step} />
      ))}
    </ol>
  )
}

function Step({ step: { name, result, found } }: { step: CheckStep }) {
  const { icon: Icon, className, words } = marks[result]
  const { name: title, fix } = checkWords[name]
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2.5 px-3.5 py-2.5">
      <Icon aria-hidden className={`mt-0.5 size-4 ${className}`} />
      <div className="grid gap-1">
        <p className={result === "skipped" ? "text-ink-3" : "font-medium"}>
          {title} <span className="sr-only">({words})</span>
        </p>
        {found !== "" && <p className="text-sm text-ink-2 wrap-anywhere">{found}</p>}
        {result === "bad" && fix !== null && (
          <p className="text-sm text-ink-2">
            In its <code>openclaw.json</code>:{" "}
            <code className="rounded-sm border border-line bg-ground px-1.5 wrap-anywhere">{fix}</code>
          </p>
        )}
      </div>
    </li>
  )
}
