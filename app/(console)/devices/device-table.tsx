import { ArrowDownIcon, ArrowUpIcon, ChevronsUpDownIcon } from "lucide-react"
import { Table, TableBody, TableCaption, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { DeviceFilter, DeviceSort } from "@/lib/console/device-filter"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { DeviceTableRow } from "./device-table-row"
import type { Selection } from "./use-selection"

/** The list: a table where there is room for one, cards where there is not. */
export function DeviceTable({
  rows,
  filter,
  selection,
  onSort,
}: {
  rows: readonly DeviceRow[]
  filter: DeviceFilter
  /** Null for those who may do nothing with several devices. */
  selection: Selection | null
  onSort: (sort: DeviceSort) => void
}) {
  return (
    <Table className="@max-4xl:block @4xl:table-fixed">
      <TableCaption>Paired devices</TableCaption>
      <TableHeader className="@max-4xl:sr-only">
        <tr>
          <SortableHead column="name" first="name" sort={filter.sort} onSort={onSort} className="w-[35%] pl-5">
            Device
          </SortableHead>
          <TableHead className="w-[22%]">Current scopes</TableHead>
          <TableHead className="w-[19%]">Approved scopes</TableHead>
          <SortableHead column="seen" first="-seen" sort={filter.sort} onSort={onSort}>
            Last seen
          </SortableHead>
          <SortableHead column="paired" first="-paired" sort={filter.sort} onSort={onSort} className="pr-5">
            Paired
          </SortableHead>
        </tr>
      </TableHeader>
      <TableBody className="@max-4xl:block">
        {rows.map((row) => (
          <TableRow
            key={row.deviceId}
            data-selected={selection?.rows.has(row.deviceId)}
            className="group relative data-[selected=true]:bg-accent-soft/50 transition-colors hover:bg-hover/60 @max-4xl:grid @max-4xl:gap-y-1.5 @max-4xl:px-4 @max-4xl:py-3.5"
          >
            <DeviceTableRow row={row} selection={selection} />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

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
