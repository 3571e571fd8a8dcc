import { CheckIcon, MinusIcon, XIcon } from "lucide-react"
import type { LocalityStep } from "@/lib/pairing/locality-steps"
import { cn } from "@/lib/utils"

const looks = {
  passes: { Icon: CheckIcon, className: "[&>svg]:text-ok", said: "Passes" },
  decides: { Icon: XIcon, className: "[&>svg]:text-danger", said: "Decides: not local" },
  "not-asked": { Icon: MinusIcon, className: "text-ink-3 [&>svg]:text-ink-3", said: "Not asked" },
} as const satisfies Record<LocalityStep["result"], unknown>

/** The questions in their order, with the one that decided. */
export function LocalitySteps({ steps }: { steps: readonly LocalityStep[] }) {
  return (
    <ol className="grid">
      {steps.map(({ question, answer, result }) => {
        const { Icon, className, said } = looks[result]
        return (
          <li
            key={question}
            className={cn(
              "flex items-start gap-3 border-t border-line-soft py-2.5 first:border-t-0 [&>svg]:mt-1 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:stroke-[2.4]",
              className,
            )}
          >
            <Icon aria-hidden />
            <div className="min-w-0">
              <p className="font-medium">
                <span className="sr-only">{said}. </span>
                {question}
              </p>
              <p className={cn("wrap-anywhere", result === "decides" ? "font-medium text-danger" : "text-ink-2")}>
                {answer}
              </p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
