import { formatInstant } from "@/components/format-time"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import { decisionsHref } from "@/lib/console/overview-links"
import { type OverviewDay, outcomes } from "@/lib/console/overview-types"
import { NumberLink } from "./number-link"
import { outcomeWords } from "./outcome-words"

const dayMs = 86_400_000

/** The columns of the chart as words, the latest day first; days on which nothing was decided are left out. */
export function DecisionsTable({ days, nowMs }: { days: readonly OverviewDay[]; nowMs: number }) {
  const told = days.filter((day) => outcomes.some((outcome) => day[outcome] > 0)).toReversed()
  return (
    <details className="group">
      <summary className="w-fit rounded-sm py-1 text-sm font-medium text-ink-2 hover:text-ink">Show as a table</summary>
      <div className="max-h-96 overflow-y-auto pt-1">
        <Table>
          <TableCaption>Decisions per day, in UTC</TableCaption>
          <TableHeader>
            <tr>
              <TableHead className="pl-0">Day</TableHead>
              {outcomes.map((outcome) => (
                <TableHead key={outcome} className="text-right">
                  {outcomeWords[outcome].short}
                </TableHead>
              ))}
            </tr>
          </TableHeader>
          <TableBody>
            {told.map((day) => {
              const { startMs } = day
              const name = formatInstant(startMs, { style: "day", timeZone: "UTC", nowMs })
              return (
                <TableRow key={startMs}>
                  <TableHead scope="row" className="pl-0 text-base font-normal text-ink">
                    {name}
                  </TableHead>
                  {outcomes.map((outcome) => (
                    <TableCell key={outcome} className="text-right tabular-nums">
                      {day[outcome] === 0 ? (
                        <span className="text-ink-3">0</span>
                      ) : (
                        <NumberLink
                          value={day[outcome]}
                          of={`${outcomeWords[outcome].name.toLowerCase()} on ${name}`}
                          href={decisionsHref({ outcome, fromMs: startMs, untilMs: startMs + dayMs })}
                        />
                      )}
                    </TableCell>
                  ))}
                </TableRow>
              )
            })}
          </TableBody>
        </Table>
      </div>
    </details>
  )
}
