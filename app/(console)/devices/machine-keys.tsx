import { useQuery } from "@tanstack/react-query"
import { ChevronRightIcon, LayersIcon } from "lucide-react"
import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { TableCell } from "@/components/ui/table"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { machineKeysQuery } from "./query"

/** Where the older keys of a machine are folded under its newest: whether they are shown below it. */
export type Fold = { readonly isOpen: boolean; readonly toggle: () => void }

const look =
  "z-10 inline-flex shrink-0 whitespace-nowrap items-center gap-1 rounded-sm text-sm text-accent hover:underline pointer-coarse:min-h-8"

/**
 * How many keys the machine of a device has. A filter may mean an older one, so that what it finds is not folded; then
 * this leads to all of them. Otherwise
 * it unfolds them, with the way to merge beside it.
 */
export function MachineKeys({ row, fold, isCompact }: { row: DeviceRow; fold: Fold | null; isCompact: boolean }) {
  const href = `/devices/duplicates?of=${row.deviceId}`
  const count = (
    <span>
      {row.pairings} keys<span className={isCompact ? "sr-only" : undefined}> of this machine</span>
    </span>
  )
  if (fold === null) {
    return (
      <Link href={href} className={look}>
        <LayersIcon aria-hidden className="size-3.5" />
        <span>one of {count}</span>
      </Link>
    )
  }
  return (
    <>
      <button
        type="button"
        aria-expanded={fold.isOpen}
        aria-controls={fold.isOpen ? foldId(row.deviceId) : undefined}
        onClick={fold.toggle}
        className={`group/fold ${look}`}
      >
        <ChevronRightIcon aria-hidden className="size-3.5 transition-transform group-aria-expanded/fold:rotate-90" />
        {count}
      </button>
      <Link href={href} className={look}>
        <LayersIcon aria-hidden className="size-3.5" />
        Merge
      </Link>
    </>
  )
}

/** Names the rows that a fold shows. */
export function foldId(deviceId: string): string {
  return `keys-${deviceId}`
}

/** The older keys of the machine of a device, asked for when they are unfolded. */
export function OlderKeys({
  of,
  columns,
  children,
}: {
  of: DeviceRow
  /** How many columns the list has. */
  columns: number
  children: (row: DeviceRow) => React.ReactNode
}) {
  const { data: keys, isError } = useQuery(machineKeysQuery(of.deviceId))
  const older = keys?.rows.filter(({ deviceId }) => deviceId !== of.deviceId) ?? []
  return (
    <tbody id={foldId(of.deviceId)} className="border-t border-line-soft bg-sunk @max-4xl:block">
      {older.map(children)}
      {isError && (
        <Told columns={columns}>
          <Notice tone="danger" live>
            {keys ? "These keys could not be renewed and may be out of date." : "The other keys could not be loaded."}{" "}
            It is tried again by itself.
          </Notice>
        </Told>
      )}
      {keys === undefined && !isError && (
        <Told columns={columns}>
          <span role="status" className="sr-only">
            Loading the other keys
          </span>
          <Skeleton className="h-9" />
        </Told>
      )}
      {keys?.more && (
        <Told columns={columns}>
          <span className="text-sm text-ink-3">There are older ones, which are not shown.</span>
        </Told>
      )}
    </tbody>
  )
}

function Told({ columns, children }: { columns: number; children: React.ReactNode }) {
  return (
    <tr className="@max-4xl:block">
      <TableCell colSpan={columns} className="px-5 py-3 @max-4xl:block">
        {children}
      </TableCell>
    </tr>
  )
}
