import { useId } from "react"
import { formatInstant } from "@/components/format-time"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { decisionsHref } from "@/lib/console/overview-links"
import { type Overview, outcomes } from "@/lib/console/overview-types"
import { DecisionsChart } from "./decisions-chart"
import { DecisionsTable } from "./decisions-table"
import { NumberLink } from "./number-link"
import { OutcomeSwatch } from "./outcome-fill"
import { outcomeWords } from "./outcome-words"
import { TakenBack } from "./taken-back"

/** How requests went on, day by day: drawn, and to read as a table. */
export function DecisionsCard({ overview, className }: { overview: Overview; className?: string }) {
  const { days, totals, fromMs, nowMs, period } = overview
  const id = useId()
  const isNone = outcomes.every((outcome) => totals[outcome] === 0)
  return (
    <Card aria-labelledby="decisions" className={className}>
      <CardHeader>
        <CardTitle id="decisions">Decisions</CardTitle>
        <CardDescription>
          per day in UTC, {formatInstant(fromMs, { style: "day", timeZone: "UTC", nowMs })} to today
        </CardDescription>
      </CardHeader>
      <CardContent className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <ul className="grid gap-x-6 gap-y-2 sm:grid-cols-2 lg:grid-cols-3 xl:flex xl:flex-wrap">
          {outcomes.map((outcome) => (
            <li key={outcome} className="flex items-center gap-2">
              <OutcomeSwatch outcome={outcome} id={`${id}${outcome}`} />
              <span className="text-sm text-ink-2">{outcomeWords[outcome].name}</span>
              <NumberLink
                value={totals[outcome]}
                of={`in ${period} days`}
                href={decisionsHref({ outcome, fromMs })}
                className="ml-auto text-lg font-semibold xl:ml-0"
              />
            </li>
          ))}
        </ul>
        <TakenBack counts={totals} fromMs={fromMs}>
          {(numbers) => <>Taken back since: {numbers}. They are counted above as they were decided.</>}
        </TakenBack>
        {isNone ? (
          <p className="border-t border-line-soft pt-4 text-ink-2">Nothing was decided in these {period} days.</p>
        ) : (
          <>
            <DecisionsChart days={days} nowMs={nowMs} />
            <DecisionsTable days={days} nowMs={nowMs} />
          </>
        )}
      </CardContent>
    </Card>
  )
}
