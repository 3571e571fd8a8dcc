import { FilterIcon } from "lucide-react"
import Link from "next/link"
import { AuditDiff } from "@/components/audit-diff"
import { AuditSentence } from "@/components/audit-sentence"
import { deviceWords } from "@/components/audit-words"
import { Instant } from "@/components/time-ago"
import { type AuditFilter, formatAuditFilter } from "@/lib/console/audit-filter"
import type { AuditRow } from "@/lib/console/types"
import { Seal } from "./audit-news"

/** One entry: when, who did what to which device, what differs since, and its place in the chain. */
export function AuditEntry({ row, filter }: { row: AuditRow; filter: AuditFilter }) {
  return (
    <li className="group grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 px-4 py-3 sm:px-5 lg:grid-cols-[8.5rem_1fr_auto]">
      <Instant atMs={row.atMs} style="short" className="text-sm text-ink-3 lg:pt-px" />
      <div className="grid min-w-0 gap-1.5 max-lg:order-last max-lg:col-span-2">
        <p className="wrap-anywhere">
          <AuditSentence row={row} />
        </p>
        {row.note !== null && (
          <p className="claimed border-l-2 border-line pl-2.5 text-ink-2 wrap-anywhere whitespace-pre-line">
            {row.note}
          </p>
        )}
        <AuditDiff row={row} />
      </div>
      <div className="flex h-6 items-center justify-end gap-1">
        <NarrowToDevice row={row} filter={filter} />
        <Seal id={row.id} seal={row.seal} />
      </div>
    </li>
  )
}

function NarrowToDevice({ row, filter }: { row: AuditRow; filter: AuditFilter }) {
  if (row.device === null || filter.device === row.device.id) return null
  const label = `Only entries about ${deviceWords(row.device)}`
  return (
    <Link
      href={`/audit?${formatAuditFilter({ ...filter, device: row.device.id })}`}
      title={label}
      className="grid size-6 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink sm:opacity-0 sm:group-focus-within:opacity-100 sm:group-hover:opacity-100"
    >
      <FilterIcon aria-hidden className="size-3.5" />
      <span className="sr-only">{label}</span>
    </Link>
  )
}
