import { DownloadIcon, ScrollTextIcon } from "lucide-react"
import type { Metadata } from "next"
import Link from "next/link"
import { PageActions, PageBody, PageHeader, PageTitle } from "@/components/page-header"
import { buttonVariants } from "@/components/ui/button"
import { Card } from "@/components/ui/card"
import { Empty, EmptyDescription, EmptyIcon, EmptyTitle } from "@/components/ui/empty"
import { Notice } from "@/components/ui/notice"
import { PageLink, Pagination } from "@/components/ui/pagination"
import { loadAuditActors, loadAuditPage, loadAuditSummary } from "@/lib/console/audit"
import { formatAuditFilter, isUnfiltered, parseAuditFilter, type SearchParams } from "@/lib/console/audit-filter"
import { formatCursor, parseCursor } from "@/lib/console/audit-rows"
import { AuditEntry } from "./audit-entry"
import { AuditFilters } from "./audit-filters"
import { AuditNewsProvider, ChainState, NewEntries } from "./audit-news"

export const metadata: Metadata = { title: "Audit" }

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const filter = parseAuditFilter(params)
  const place = parseCursor(typeof params.at === "string" ? params.at : null)
  const [page, summary, actors] = await Promise.all([
    loadAuditPage(filter, place),
    loadAuditSummary(filter),
    loadAuditActors(),
  ])
  const query = formatAuditFilter(filter)
  const newest = page.rows[0]
  const unsealed = page.rows.filter((row) => row.seal === null).map((row) => row.id)

  return (
    <AuditNewsProvider
      key={`${query} ${params.at} ${newest?.id}`}
      filterQuery={query}
      newest={newest ? formatCursor(newest) : null}
      unsealed={unsealed}
      summary={summary}
    >
      <PageBody>
        <PageHeader>
          <PageTitle>Audit</PageTitle>
          <p className="text-sm text-ink-3 tabular-nums">
            {summary.isMore
              ? "More than 1 000 entries"
              : `${summary.count} ${summary.count === 1 ? "entry" : "entries"}`}
          </p>
          <PageActions>
            <ExportLink query={query} format="csv" label="CSV" />
            <ExportLink query={query} format="jsonl" label="JSON lines" />
          </PageActions>
        </PageHeader>
        <AuditFilters filter={filter} actors={actors} />
        {summary.devicesCutTo !== null && (
          <Notice tone="warn">
            More than {summary.devicesCutTo} devices match this name. What is shown and exported is about{" "}
            {summary.devicesCutTo} of them only: give more of the name, or the id.
          </Notice>
        )}
        <div>
          {place === null && <NewEntries />}
          <Card>
            {page.rows.length === 0 ? (
              <NoEntries isUnfiltered={isUnfiltered(filter)} newestHref={place === null ? null : hrefOf(query, null)} />
            ) : (
              <ol aria-label="Entries, newest first" className="divide-y divide-line-soft">
                {page.rows.map((row) => (
                  <AuditEntry key={row.id} row={row} filter={filter} />
                ))}
              </ol>
            )}
          </Card>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <ChainState />
          <Pagination>
            <PageLink direction="previous" href={place === null ? null : hrefOf(query, null)}>
              Newest
            </PageLink>
            <PageLink direction="next" href={page.next === null ? null : hrefOf(query, page.next)}>
              Older
            </PageLink>
          </Pagination>
        </div>
      </PageBody>
    </AuditNewsProvider>
  )
}

function hrefOf(query: string, at: string | null): string {
  const all = new URLSearchParams(query)
  if (at !== null) all.set("at", at)
  return all.size === 0 ? "/audit" : `/audit?${all}`
}

function ExportLink({ query, format, label }: { query: string; format: "csv" | "jsonl"; label: string }) {
  const all = new URLSearchParams(query)
  all.set("format", format)
  return (
    <a href={`/api/audit/export?${all}`} download className={buttonVariants({ size: "sm" })}>
      <DownloadIcon aria-hidden />
      <span className="sr-only">Export as </span>
      {label}
    </a>
  )
}

function NoEntries({ isUnfiltered, newestHref }: { isUnfiltered: boolean; newestHref: string | null }) {
  if (newestHref !== null) {
    return (
      <Empty>
        <EmptyIcon>
          <ScrollTextIcon />
        </EmptyIcon>
        <EmptyTitle>No older entries</EmptyTitle>
        <EmptyDescription>The log has nothing{isUnfiltered || " that matches"} before this place.</EmptyDescription>
        <Link href={newestHref} className={buttonVariants({ size: "sm" })}>
          Show the newest entries
        </Link>
      </Empty>
    )
  }
  return (
    <Empty>
      <EmptyIcon>
        <ScrollTextIcon />
      </EmptyIcon>
      <EmptyTitle>{isUnfiltered ? "Nothing has happened yet" : "No entry matches"}</EmptyTitle>
      <EmptyDescription>
        {isUnfiltered
          ? "Every decision, every token and every change of the policy will be written down here."
          : "No entry was written by this actor, about this device, with this action and in this time."}
      </EmptyDescription>
      {!isUnfiltered && (
        <Link href="/audit" className={buttonVariants({ size: "sm" })}>
          Show all entries
        </Link>
      )}
    </Empty>
  )
}
