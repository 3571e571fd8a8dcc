import { CheckIcon, MinusIcon, XIcon } from "lucide-react"
import type { Observation } from "@/lib/pairing/explain"
import { cn } from "@/lib/utils"

const looks = {
  for: { Icon: CheckIcon, className: "border-line [&>svg]:text-ok" },
  against: { Icon: XIcon, className: "border-danger/40 text-danger" },
  neither: { Icon: MinusIcon, className: "border-line [&>svg]:text-ink-3" },
} as const satisfies Record<Observation["speaks"], unknown>

const heard: Record<Observation["speaks"], string> = {
  for: "Speaks for it: ",
  against: "Speaks against it: ",
  neither: "",
}

/** The observed facts that the decision was made on. */
export function Observations({ observations }: { observations: readonly Observation[] }) {
  return (
    <ul aria-label="Observed" className="flex flex-wrap gap-1.5">
      {observations.map(({ speaks, text }) => {
        const { Icon, className } = looks[speaks]
        return (
          <li
            key={text}
            className={cn(
              "inline-flex min-w-0 items-start gap-1.5 rounded-sm border bg-panel px-2 py-0.5 text-sm text-ink-2 [&>svg]:mt-[3px] [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:stroke-[2.4]",
              className,
            )}
          >
            <Icon aria-hidden />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="sr-only">{heard[speaks]}</span>
              {text}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
