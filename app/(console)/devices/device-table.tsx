"use client"

import { ArrowDownIcon, ArrowUpIcon, ChevronsUpDownIcon } from "lucide-react"
import { Fragment, useState } from "react"
import { Table, TableBody, TableCaption, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { Selection } from "@/components/use-selection"
import { type DeviceFilter, type DeviceSort, isFolded } from "@/lib/console/device-filter"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { cn } from "@/lib/utils"
import { DeviceTableRow } from "./device-table-row"
import { columnWords } from "./device-words"
import type { ListColumn, ListLook } from "./list-look"
import { OlderKeys } from "./machine-keys"

/** The list: a table where there is room for one, cards where there is not. */
export function DeviceTable({
  rows,
  filter,
  look,
  selection,
  onSort,
}: {
  rows: readonly DeviceRow[]
  filter: DeviceFilter
  look: ListLook
  /** Null for those who may do nothing with several devices. */
  selection: Selection<DeviceRow> | null
  onSort: (sort: DeviceSort) => void
}) {
  // With few columns their widths are given; more take what they need.
  const isFixed = look.columns.length <= 4 && !look.isCompact
  const [open, setOpen] = useState<readonly string[]>([])
  const folds = (row: DeviceRow) => row.pairings > 1 && isFolded(filter)
  const isOpen = (row: DeviceRow) => folds(row) && open.includes(row.deviceId)
  const toggle = ({ deviceId }: DeviceRow) =>
    setOpen(open.includes(deviceId) ? open.filter((each) => each !== deviceId) : [...open, deviceId])
  const stretches = cutAfter(rows, isOpen)

  const line = (row: DeviceRow, isOlderKey = false) => (
    <TableRow
      key={row.deviceId}
      data-selected={selection?.rows.has(row.deviceId)}
      className={cn(
        "group relative transition-colors hover:bg-hover/60 data-[selected=true]:bg-accent-soft/50 @max-4xl:px-4",
        look.isCompact
          ? "@max-4xl:flex @max-4xl:flex-wrap @max-4xl:items-baseline @max-4xl:gap-x-4 @max-4xl:gap-y-1 @max-4xl:py-2"
          : "@max-4xl:grid @max-4xl:gap-y-1.5 @max-4xl:py-3.5",
      )}
    >
      <DeviceTableRow
        row={row}
        look={look}
        selection={selection}
        isOlderKey={isOlderKey}
        fold={folds(row) && !isOlderKey ? { isOpen: isOpen(row), toggle: () => toggle(row) } : null}
      />
    </TableRow>
  )
  return (
    <Table className={cn("@max-4xl:block", isFixed && "@4xl:table-fixed")}>
      <TableCaption>Paired devices</TableCaption>
      <TableHeader className="@max-4xl:block">
        <tr className="@max-4xl:flex @max-4xl:flex-wrap @max-4xl:gap-x-1 @max-4xl:px-4 @max-4xl:py-1">
          <SortableHead
            column="name"
            first="name"
            sort={filter.sort}
            onSort={onSort}
            className={cn("@4xl:pl-5", isFixed || look.isCompact ? "w-[38%]" : "w-[30%]")}
          >
            Device
          </SortableHead>
          {look.columns.map((column) =>
            column === "seen" || column === "paired" ? (
              <SortableHead
                key={column}
                column={column}
                first={`-${column}`}
                sort={filter.sort}
                onSort={onSort}
                className={look.isCompact ? "@4xl:px-2" : ""}
              >
                {columnWords[column]}
              </SortableHead>
            ) : (
              <TableHead
                key={column}
                className={cn("@max-4xl:sr-only", isFixed && widths[column], look.isCompact && "@4xl:px-2")}
              >
                {columnWords[column]}
              </TableHead>
            ),
          )}
        </tr>
      </TableHeader>
      {stretches.map((stretch) => {
        const last = stretch.at(-1)
        return (
          <Fragment key={stretch[0]?.deviceId}>
            <TableBody className="not-first-of-type:border-t not-first-of-type:border-line-soft @max-4xl:block">
              {stretch.map((row) => line(row))}
            </TableBody>
            {last && isOpen(last) && (
              <OlderKeys of={last} columns={look.columns.length + 1}>
                {(row) => line(row, true)}
              </OlderKeys>
            )}
          </Fragment>
        )
      })}
    </Table>
  )
}

/** The rows, cut after each that has others unfolded below it. */
function cutAfter(rows: readonly DeviceRow[], isOpen: (row: DeviceRow) => boolean): readonly DeviceRow[][] {
  const stretches: DeviceRow[][] = [[]]
  for (const row of rows) {
    stretches.at(-1)?.push(row)
    if (isOpen(row)) stretches.push([])
  }
  return stretches.filter((stretch) => stretch.length > 0)
}

const widths: Partial<Record<ListColumn, string>> = { current: "w-[22%]", approved: "w-[19%]" }

function SortableHead({
  column,
  first,
  sort,
  onSort,
  className,
  children,
}: {
  column: "name" | "seen" | "paired"
  /** The way that the first click sorts. */
  first: DeviceSort
  sort: DeviceSort
  onSort: (sort: DeviceSort) => void
  className?: string
  children: React.ReactNode
}) {
  const isSorted = sort.endsWith(column)
  const isDescending = sort.startsWith("-")
  const other: DeviceSort = isDescending ? column : `-${column}`
  const Icon = isSorted ? (isDescending ? ArrowDownIcon : ArrowUpIcon) : ChevronsUpDownIcon
  return (
    <TableHead
      aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : "none"}
      {...(className === undefined ? {} : { className })}
    >
      <button
        type="button"
        onClick={() => onSort(isSorted ? other : first)}
        className="-mx-1.5 inline-flex items-center gap-1 rounded-sm px-1.5 py-0.5 font-semibold hover:text-ink"
      >
        {children}
        <Icon aria-hidden className={isSorted ? "size-3.5 text-accent" : "size-3.5 opacity-60"} />
      </button>
    </TableHead>
  )
}
