"use client"

import { CheckIcon } from "lucide-react"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { Card } from "@/components/ui/card"
import { policyPresets } from "@/lib/pairing/policy"
import { policyChanges } from "@/lib/pairing/policy-changes"
import type { Policy } from "@/lib/pairing/types"

type Name = keyof typeof policyPresets

const about: Record<Name, { title: string; text: string }> = {
  seed: {
    title: "As shipped",
    text: "Smooth on one machine: local clients pair and get further scopes silently, and every such grant is recorded. New roles and everything from elsewhere wait for a person.",
  },
  hardened: {
    title: "Hardened",
    text: "For a gateway behind a proxy or open to a network: only the first pairing on this machine is silent. Further scopes, pages, and the command line wait for a person; roles are approved in this console only.",
  },
}

const names: readonly Name[] = ["seed", "hardened"]

/** The two presets beside what is in force. Choosing one fills the form; nothing changes before it is saved. */
export function Presets({
  inForce,
  draft,
  onChoose,
}: {
  inForce: Policy
  draft: Policy
  onChoose: ((policy: Policy) => void) | null
}) {
  return (
    <section aria-label="Presets" className="grid gap-3 md:grid-cols-2">
      {names.map((name) => {
        const preset = policyPresets[name]
        const isInForce = policyChanges(inForce, preset).length === 0
        const differing = policyChanges(draft, preset).length
        return (
          <Card key={name} className="grid content-start gap-2 p-4 sm:px-5">
            <div className="flex min-h-7.5 flex-wrap items-center gap-2">
              <h2 className="text-lg font-semibold">{about[name].title}</h2>
              {isInForce && (
                <Badge tone="ok">
                  <CheckIcon aria-hidden />
                  in force
                </Badge>
              )}
              {onChoose !== null && differing > 0 && (
                <Button size="sm" className="ml-auto" onClick={() => onChoose(preset)}>
                  Use {about[name].title.toLowerCase()}
                </Button>
              )}
            </div>
            <p className="text-sm text-ink-2">{about[name].text}</p>
            <p className="text-sm text-ink-3 tabular-nums">
              {differing === 0
                ? "Nothing below differs from it."
                : `${differing} ${differing === 1 ? "option" : "options"} below ${differing === 1 ? "differs" : "differ"} from it.`}
            </p>
          </Card>
        )
      })}
    </section>
  )
}
