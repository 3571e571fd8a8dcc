import { TriangleAlertIcon } from "lucide-react"
import { policyWords } from "@/components/policy-words"
import { Badge } from "@/components/ui/badge"
import type { Policy } from "@/lib/pairing/types"

/** The ids under which a control finds its label and its description. */
export function optionIds(option: keyof Policy) {
  return { control: `option-${option}`, label: `label-${option}`, description: `what-${option}` }
}

/** One option in words, with its control beside it, or below it on a phone. */
export function OptionRow({
  option,
  isChanged,
  isWide = false,
  children,
}: {
  option: keyof Policy
  isChanged: boolean
  /** For controls that need the room of a whole line. */
  isWide?: boolean
  children: React.ReactNode
}) {
  const { label, what, risk } = policyWords[option]
  const ids = optionIds(option)
  return (
    <div
      data-changed={isChanged}
      className="grid gap-x-8 gap-y-3 border-t border-line-soft px-4 py-4 first:border-t-0 data-[changed=true]:shadow-[inset_3px_0_0_var(--accent)] sm:px-5 lg:grid-cols-[minmax(0,1fr)_19rem] lg:data-[wide=true]:grid-cols-1"
      data-wide={isWide}
    >
      <div className="grid content-start gap-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <h3 id={ids.label} className="font-medium">
            {label}
          </h3>
          {isChanged && <Badge tone="accent">changed</Badge>}
        </div>
        <div id={ids.description} className="grid max-w-prose gap-1 text-sm text-ink-2">
          <p>{what}</p>
          {risk !== null && (
            <p className="flex gap-1.5 text-ink-3">
              <TriangleAlertIcon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
              <span>
                <span className="sr-only">Risk: </span>
                {risk}
              </span>
            </p>
          )}
        </div>
      </div>
      <div className="min-w-0 lg:pt-0.5">{children}</div>
    </div>
  )
}
