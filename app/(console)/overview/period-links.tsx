import Link from "next/link"
import { overviewHref } from "@/lib/console/overview-links"
import { type OverviewPeriod, overviewPeriods } from "@/lib/console/overview-types"

/** The period that decisions are counted over; it stands in the address. */
export function PeriodLinks({ period }: { period: OverviewPeriod }) {
  return (
    <nav aria-label="Period">
      <ul className="flex rounded-md border border-line bg-sunk p-0.5">
        {overviewPeriods.map((days) => (
          <li key={days}>
            <Link
              href={overviewHref(days)}
              aria-current={days === period ? "true" : undefined}
              className="block rounded-sm px-2.5 py-1 text-sm font-medium text-ink-2 hover:text-ink aria-[current]:bg-panel aria-[current]:text-ink aria-[current]:ring-1 aria-[current]:ring-line forced-colors:aria-[current]:underline pointer-coarse:py-2.5"
            >
              {days} days
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
