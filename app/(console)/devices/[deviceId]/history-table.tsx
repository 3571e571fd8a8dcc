import Link from "next/link"
import { ScopeName } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { ScopeHistory, Span } from "@/lib/console/device-history-types"
import { requestHref } from "../request-href"
import { MarkEnd } from "./history-mark"
import { byWhom, markWords, turnWords } from "./history-words"

/** The lanes as words: one row for each scope, and one for each command that cut across them. */
export function HistoryTable({ history, isPart }: { history: ScopeHistory; isPart: boolean }) {
  const none = isPart ? "not in this time" : "never"
  return (
    <Table>
      <TableCaption>Scope history</TableCaption>
      <TableHeader>
        <tr>
          <TableHead className="pl-0">Scope</TableHead>
          <TableHead>Approved</TableHead>
          <TableHead>In token</TableHead>
          <TableHead className="pr-0">Events</TableHead>
        </tr>
      </TableHeader>
      <TableBody>
        {history.lanes.map((lane) => (
          <TableRow key={lane.scope}>
            <TableHead scope="row" className="py-2.5 pl-0 align-top font-normal text-ink">
              <ScopeName scope={lane.scope} />
            </TableHead>
            <TableCell>
              <Spans spans={lane.approved} none={none} />
            </TableCell>
            <TableCell>
              <Spans spans={lane.inToken} none={none} />
            </TableCell>
            <TableCell className="pr-0">
              <ul className="grid gap-0.5 text-sm">
                {lane.marks.map((mark) => (
                  <li key={mark.id}>
                    <Instant atMs={mark.atMs} className="text-ink-3" />{" "}
                    {mark.requestId === null ? (
                      markWords[mark.kind]
                    ) : (
                      <Link
                        href={requestHref(mark.requestId)}
                        prefetch={false}
                        className="underline underline-offset-3"
                      >
                        {markWords[mark.kind]}
                      </Link>
                    )}
                    <MarkEnd mark={mark} /> {byWhom(mark.actor)}
                  </li>
                ))}
              </ul>
            </TableCell>
          </TableRow>
        ))}
        {history.turns.length > 0 && (
          <TableRow>
            <TableHead scope="row" className="py-2.5 pl-0 align-top">
              Token and ceiling
            </TableHead>
            <TableCell colSpan={3} className="pr-0">
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
