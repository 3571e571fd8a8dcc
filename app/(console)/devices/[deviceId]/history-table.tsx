import Link from "next/link"
import { ScopeName } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { LaneMark, ScopeHistory, Span } from "@/lib/console/device-history-types"
import { cn } from "@/lib/utils"
import { requestHref } from "../request-href"
import { MarkEnd } from "./history-mark"
import { byWhom, markWords, turnWords } from "./history-words"

/**
 * The lanes as words: one row for each scope, and one for each command that cut across them. In a narrow window a row is
 * a block of lines, which would take the roles of a table away, so they are named.
 */
export function HistoryTable({ history, isPart }: { history: ScopeHistory; isPart: boolean }) {
  const none = isPart ? "not in this time" : "never"
  const hasEvents = history.lanes.some(({ marks }) => marks.length > 0)
  return (
    <Table role="table" className="max-sm:block">
      <TableCaption>Scope history</TableCaption>
      <TableHeader role="rowgroup" className="max-sm:sr-only">
        <TableRow role="row" className="border-t-0">
          <TableHead role="columnheader" className="pl-0">
            Scope
          </TableHead>
          <TableHead role="columnheader">Approved</TableHead>
          <TableHead role="columnheader">In token</TableHead>
          {hasEvents && (
            <TableHead role="columnheader" className="pr-0">
              Events
            </TableHead>
          )}
        </TableRow>
      </TableHeader>
      <TableBody role="rowgroup" className="max-sm:block">
        {history.lanes.map((lane) => (
          <TableRow key={lane.scope} role="row" className={block}>
            <TableHead
              scope="row"
              role="rowheader"
              className="py-2.5 pl-0 max-sm:block max-sm:pb-0.5 align-top font-normal text-ink"
            >
              <ScopeName scope={lane.scope} />
            </TableHead>
            <TableCell role="cell" className={line}>
              <Label text="Approved" />
              <Spans spans={lane.approved} none={none} />
            </TableCell>
            <TableCell role="cell" className={line}>
              <Label text="In token" />
              <Spans spans={lane.inToken} none={none} />
            </TableCell>
            {hasEvents && (
              <TableCell role="cell" className={cn("pr-0", line, lane.marks.length === 0 && "max-sm:hidden")}>
                <Label text="Events" />
                <Events marks={lane.marks} />
              </TableCell>
            )}
          </TableRow>
        ))}
        {history.turns.length > 0 && (
          <TableRow role="row" className={block}>
            <TableHead scope="row" role="rowheader" className="py-2.5 pl-0 max-sm:block max-sm:pb-0.5 align-top">
              Token and ceiling
            </TableHead>
            <TableCell role="cell" colSpan={hasEvents ? 3 : 2} className={cn("pr-0", line)}>
              <ul className="grid gap-0.5 text-sm">
                {history.turns.map((turn) => (
                  <li key={turn.id}>
                    <Instant atMs={turn.atMs} className="text-ink-3" /> {turnWords(turn)} {byWhom(turn.actor)}
                  </li>
                ))}
              </ul>
            </TableCell>
          </TableRow>
        )}
      </TableBody>
    </Table>
  )
}

function Events({ marks }: { marks: readonly LaneMark[] }) {
  return (
    <ul className="grid gap-0.5 text-sm">
      {marks.map((mark) => (
        <li key={mark.id}>
          <Instant atMs={mark.atMs} className="text-ink-3" />{" "}
          {mark.requestId === null ? (
            markWords[mark.kind]
          ) : (
            <Link href={requestHref(mark.requestId)} prefetch={false} className="underline underline-offset-3">
              {markWords[mark.kind]}
            </Link>
          )}
          <MarkEnd mark={mark} /> {byWhom(mark.actor)}
        </li>
      ))}
    </ul>
  )
}

const block = "max-sm:block max-sm:py-2"
const line = "max-sm:flex max-sm:gap-2 max-sm:px-0 max-sm:py-1"

/** The head of a column, where the columns are lines. Whoever does not see it hears the one of the table. */
function Label({ text }: { text: string }) {
  return (
    <span aria-hidden className="w-16 shrink-0 pt-0.5 text-xs text-ink-3 sm:hidden">
      {text}
    </span>
  )
}

function Spans({ spans, none }: { spans: readonly Span[]; none: string }) {
  if (spans.length === 0) return <span className="text-sm text-ink-3">{none}</span>
  return (
    <ul className="grid gap-0.5 text-sm">
      {spans.map((span) => (
        <li key={span.fromMs}>
          <Instant atMs={span.fromMs} /> to {span.untilMs === null ? "now" : <Instant atMs={span.untilMs} />}
        </li>
      ))}
    </ul>
  )
}
