import { scaleLinear } from "d3-scale"
import { Table, TableBody, TableCaption, TableHead, TableRow } from "@/components/ui/table"
import type { Count } from "@/lib/console/overview-types"
import { NumberLink } from "./number-link"

export type Bar = Count & {
  readonly name: string
  /** What the number counts, read out after it. */
  readonly of: string
  readonly href: string
  readonly hint?: string
}

/** Numbers as bars, each beside its name and its number: the table is the chart. */
export function BarTable({ caption, bars, most }: { caption: string; bars: readonly Bar[]; most?: number }) {
  const width = scaleLinear([0, Math.max(most ?? 0, ...bars.map(({ value }) => value), 1)], [0, 100])
  return (
    <Table>
      <TableCaption>{caption}</TableCaption>
      <TableBody>
        {bars.map(({ name, of, href, hint, value, more }) => (
          <TableRow key={name} className="border-t-0">
            <TableHead scope="row" title={hint} className="w-px py-1 pl-0 text-base font-normal text-ink">
              {name}
            </TableHead>
            <td aria-hidden className="px-2 py-1 max-sm:w-1/3">
              {/* Forced colours leave the border where they take the fill. */}
              {value > 0 && (
                <span
                  className="block h-2.5 min-w-1 rounded-[3px] border border-transparent bg-accent"
                  style={{ width: `${width(value)}%` }}
                />
              )}
            </td>
            <td className="w-px py-1 text-right whitespace-nowrap">
              <NumberLink value={value} more={more} of={of} href={href} />
            </td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
