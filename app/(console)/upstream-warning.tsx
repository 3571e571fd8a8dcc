"use client"

import { useQuery } from "@tanstack/react-query"
import { TriangleAlertIcon } from "lucide-react"
import Link from "next/link"
import { shellQuery } from "@/components/shell-query"
import type { Shell } from "@/lib/console/types"

type State = NonNullable<Shell["upstream"]>["state"]

const words: Record<State, string> = {
  connecting: "The gateway behind is being looked at; devices wait.",
  restarting: "The gateway behind is restarting; devices are told to come back.",
  down: "The gateway behind does not answer, so devices get no service.",
  "wrong-secret": "The gateway behind does not accept its secret, so devices get no service.",
  unsafe: "The gateway behind cannot be used safely, so devices get no service.",
}

/** On every page, while devices get no service of the gateway behind. */
export function UpstreamWarning() {
  const { data: shell } = useQuery(shellQuery())
  const upstream = shell?.upstream ?? null
  if (shell === undefined || upstream === null) return null
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-0.5 bg-warn-soft px-4 py-1.5 text-sm font-medium text-ink sm:px-6"
    >
      <TriangleAlertIcon aria-hidden className="size-4 shrink-0 text-warn" />
      <span className="min-w-0">{words[upstream.state]}</span>
      {shell.sees.settings && (
        <Link href="/settings/upstream" className="rounded-sm underline underline-offset-3">
          Look at it
        </Link>
      )}
    </div>
  )
}
