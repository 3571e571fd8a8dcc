"use client"

import { useQuery } from "@tanstack/react-query"
import { ArrowUpIcon, LinkIcon, TriangleAlertIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { createContext, useContext, useTransition } from "react"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import type { AuditNews, AuditSummary } from "@/lib/console/types"
import { auditNews } from "./query"

type State = { readonly news: AuditNews | null; readonly summary: AuditSummary; readonly isStale: boolean }

const Context = createContext<State | null>(null)

function useNews(): State {
  const state = useContext(Context)
  if (state === null) throw new Error("AuditNewsProvider is missing.")
  return state
}

/** Knows what came since the page was loaded. Nothing on the page moves because of it. */
export function AuditNewsProvider({
  filterQuery,
  newest,
  unsealed,
  summary,
  children,
}: {
  filterQuery: string
  newest: string | null
  unsealed: readonly string[]
  summary: AuditSummary
  children: React.ReactNode
}) {
  const { data, isError } = useQuery(auditNews(filterQuery, newest, unsealed))
  return (
    <Context value={{ news: data ?? null, summary: data?.summary ?? summary, isStale: isError }}>{children}</Context>
  )
}

/** "3 new entries", to be shown when asked for. */
export function NewEntries() {
  const { news } = useNews()
  const router = useRouter()
  const [isLoading, startTransition] = useTransition()
  const count = news?.count ?? 0
  return (
    <div role="status" className="sticky top-3 z-10 grid h-0 items-center justify-items-center">
      {count > 0 && (
        <Button
          size="sm"
          variant="primary"
          disabled={isLoading}
          onClick={() => startTransition(() => router.refresh())}
          className="shadow-float"
        >
          <ArrowUpIcon aria-hidden />
          {news?.isMore ? "More than 99" : count} new {count === 1 ? "entry" : "entries"}
        </Button>
      )}
    </div>
  )
}

/** The place of an entry in the chain; an entry of the last second has none yet. */
export function Seal({ id, seal }: { id: string; seal: { seq: number; hash: string } | null }) {
  const { news } = useNews()
  const known = seal ?? news?.seals[id] ?? null
  if (known === null) return <span className="text-xs text-ink-3">not sealed yet</span>
  return (
    <span title={`Sealed as entry ${known.seq}, hash ${known.hash}`} className="text-xs text-ink-3 tabular-nums">
      <span className="sr-only">sealed as </span>
      {`#${known.seq} `}
      <code className="max-sm:hidden">{known.hash.slice(0, 8)}</code>
    </span>
  )
}

/** The head of the chain, and how much is not in it yet. */
export function ChainState() {
  const { summary, isStale } = useNews()
  const { head, unsealed, broken } = summary
  return (
    <div className="grid gap-0.5 text-sm text-ink-3">
      <p className="flex flex-wrap items-center gap-x-1.5">
        <LinkIcon aria-hidden className="size-3.5" />
        {head === null ? (
          "No entry is sealed yet."
        ) : (
          <>
            Chain head #{head.seq}
            <code title={head.hash}>{head.hash.slice(0, 16)}</code>
            <span>
              signed <Instant atMs={head.atMs} style="full" />
            </span>
          </>
        )}
        {unsealed > 0 && <span>{unsealed >= 1_000 ? "· 1 000 or more" : `· ${unsealed}`} not sealed yet</span>}
      </p>
      {broken !== null && (
        <p role="alert" className="flex items-center gap-1.5 text-danger">
          <TriangleAlertIcon aria-hidden className="size-3.5 shrink-0" />
          The log is no longer sealed: {broken}.
        </p>
      )}
      <p>
        <code>npm run audit:verify</code> on the machine checks the whole chain.
      </p>
      {isStale && (
        <p className="flex items-center gap-1.5 text-warn">
          <TriangleAlertIcon aria-hidden className="size-3.5" />
          New entries cannot be asked for at the moment.
        </p>
      )}
    </div>
  )
}
