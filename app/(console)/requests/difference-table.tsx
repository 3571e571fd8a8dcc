import { CheckIcon, TriangleAlertIcon } from "lucide-react"
import { ScopeName } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import { Badge } from "@/components/ui/badge"
import { Checkbox } from "@/components/ui/checkbox"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { ScopeAsked, ScopeEvent, Waiting } from "@/lib/console/request-types"
import { scopeInWords } from "@/lib/pairing/explain"
import { covers } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"
import { cn } from "@/lib/utils"

function YesNo({ yes }: { yes: boolean }) {
  if (!yes) {
    return (
      <span className="text-ink-3">
        <span aria-hidden>–</span>
        <span className="sr-only">no</span>
      </span>
    )
  }
  return (
    <>
      <CheckIcon aria-hidden className="inline size-4 stroke-[2.4] text-ok" />
      <span className="sr-only">yes</span>
    </>
  )
}

function Event({ what, event }: { what: string; event: ScopeEvent }) {
  return (
    <>
      {" "}
      {what} on <Instant atMs={event.atMs} style="day" /> by {event.by}.
    </>
  )
}

function Meaning({ row }: { row: ScopeAsked }) {
  const words = scopeInWords(row.scope) ?? "This release does not know this scope"
  const others = row.bringsBack.filter((scope) => scope !== row.scope)
  return (
    <p className={cn("text-sm text-pretty", row.isApproved ? "text-ink-3" : "text-ink-2")}>
      {words}.
      {row.heldWithin !== null && (
        <>
          {" "}
          Approved as part of <ScopeName scope={row.heldWithin} short />.
        </>
      )}
      {row.narrowedBy !== null && <Event what="Left the token" event={row.narrowedBy} />}
      {row.isApproved && !row.inToken && " Still approved."}
      {row.untilMs !== null && (
        <>
          {" "}
          Until <Instant atMs={row.untilMs} />.
        </>
      )}
      {row.endedAtMs !== null && (
        <>
          {" "}
          It was approved until <Instant atMs={row.endedAtMs} />.
        </>
      )}
      {row.withheldBy !== null && <Event what="Declined" event={row.withheldBy} />}
      {others.length > 0 && ` Includes ${others.join(", ")}, which ${others.length === 1 ? "was" : "were"} declined.`}
    </p>
  )
}

function Asked({ row }: { row: ScopeAsked }) {
  if (row.isApproved) return <YesNo yes />
  return (
    <span className="font-semibold text-warn">
      {row.bringsBack.includes(row.scope) || row.endedAtMs !== null ? "again" : "new"}
    </span>
  )
}

function Grant({
  row,
  chosen,
  choose,
  disabled,
}: {
  row: ScopeAsked
  chosen: Scopes
  choose: (scope: string, isChosen: boolean) => void
  disabled: boolean
}) {
  if (row.isApproved) return <span className="text-sm text-ink-3">{row.inToken ? "has it" : "back in token"}</span>
  const wider = chosen.find((scope) => scope !== row.scope && covers([scope], [row.scope]))
  if (wider !== undefined) {
    return (
      <span className="text-sm text-ink-2">
        with <ScopeName scope={wider} short />
      </span>
    )
  }
  return (
    <Checkbox
      aria-label={`Grant ${row.scope}`}
      checked={chosen.includes(row.scope)}
      onCheckedChange={(checked) => choose(row.scope, checked === true)}
      disabled={disabled}
    />
  )
}

function toneOf(row: ScopeAsked): string {
  if (row.isApproved) return row.isDangerous && !row.inToken ? "bg-danger-soft/75" : ""
  return row.isDangerous || row.bringsBack.length > 0 ? "bg-danger-soft/75" : "bg-warn-soft/60"
}

/** What a request asks for beside what its device has, with one tick for each scope that is new. */
export function DifferenceTable({
  state,
  chosen,
  choose,
  disabled,
  decides,
}: {
  state: Waiting
  chosen: Scopes
  choose: (scope: string, isChosen: boolean) => void
  disabled: boolean
  decides: boolean
}) {
  const side = "w-24 px-1.5 text-center @max-xl:hidden"
  return (
    <Table>
      <TableCaption>Each asked scope: in the token now, approved before, asked, granted</TableCaption>
      <TableHeader>
        <TableRow className="border-t-0">
          <TableHead>Scope</TableHead>
          <TableHead className={side}>Token now</TableHead>
          <TableHead className={side}>Approved</TableHead>
          <TableHead className="w-16 px-1.5 text-center @xl:w-24">Asked</TableHead>
          {decides && <TableHead className="w-18 px-1.5 text-center @xl:w-24">Grant</TableHead>}
        </TableRow>
      </TableHeader>
      <TableBody>
        {state.scopes.map((row) => (
          <TableRow key={row.scope} className={toneOf(row)}>
            <TableCell>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                <ScopeName scope={row.scope} className="font-medium" />
                {row.isDangerous && (
                  <Badge tone="danger">
                    <TriangleAlertIcon aria-hidden />
                    {row.scope === "operator.admin" ? "everything" : "dangerous"}
                  </Badge>
                )}
              </span>
              <Meaning row={row} />
            </TableCell>
            <TableCell className={side}>
              <YesNo yes={row.inToken} />
            </TableCell>
            <TableCell className={side}>
              {row.bringsBack.includes(row.scope) ? (
                <span className="text-sm text-ink-2">withheld</span>
              ) : (
                <YesNo yes={row.isApproved} />
              )}
            </TableCell>
            <TableCell className="px-1.5 text-center">
              <Asked row={row} />
            </TableCell>
            {decides && (
              <TableCell className="px-1.5 text-center">
                <Grant row={row} chosen={chosen} choose={choose} disabled={disabled} />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
