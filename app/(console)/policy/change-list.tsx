import { ArrowRightIcon } from "lucide-react"
import { policyValueWords, policyWords } from "@/components/policy-words"
import { Badge, type BadgeTone } from "@/components/ui/badge"
import { type PolicyEffect, policyChanges } from "@/lib/pairing/policy-changes"
import type { Policy } from "@/lib/pairing/types"

const effects: Record<PolicyEffect, { tone: BadgeTone; words: string } | null> = {
  opens: { tone: "warn", words: "opens" },
  tightens: { tone: "ok", words: "tightens" },
  neither: null,
}

/** What differs between two policies, option by option, and whether it lets in more or less. */
export function ChangeList({ before, after }: { before: Policy; after: Policy }) {
  const changes = policyChanges(before, after)
  if (changes.length === 0) return <p className="text-sm text-ink-3">Nothing differs.</p>
  return (
    <ul className="grid gap-2">
      {changes.map(({ option, effect }) => {
        const look = effects[effect]
        return (
          <li key={option} className="grid gap-0.5 text-sm">
            <span className="flex flex-wrap items-center gap-x-2">
              <span className="font-medium">{policyWords[option].label}</span>
              {look !== null && <Badge tone={look.tone}>{look.words}</Badge>}
            </span>
            <span className="flex flex-wrap items-center gap-x-1.5 wrap-anywhere">
              <span className="sr-only">from </span>
              <span className="text-ink-3">{policyValueWords(option, before)}</span>
              <ArrowRightIcon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
              <span className="sr-only">to </span>
              <span>{policyValueWords(option, after)}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
