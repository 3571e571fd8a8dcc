import { CornerDownRightIcon } from "lucide-react"
import Link from "next/link"
import { DeviceName } from "@/components/device-name"
import { Fingerprint, ShortFingerprint } from "@/components/fingerprint"
import { Identicon } from "@/components/identicon"
import { neutralise } from "@/components/neutralise"
import { Checkbox } from "@/components/ui/checkbox"
import { TableCell } from "@/components/ui/table"
import type { Selection } from "@/components/use-selection"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { cn } from "@/lib/utils"
import { deviceCells } from "./device-cells"
import { DeviceMarks } from "./device-marks"
import { columnWords } from "./device-words"
import type { ListColumn, ListLook } from "./list-look"
import { type Fold, MachineKeys } from "./machine-keys"
import { TagChips } from "./tag-chips"

/** More columns than these leave a name and its marks little room in one line. */
const fewColumns = 4

/** The cells of one device. On a narrow page they stand below each other, each with its heading. */
export function DeviceTableRow({
  row,
  look: { columns, isCompact },
  selection,
  fold,
  isOlderKey = false,
}: {
  row: DeviceRow
  look: ListLook
  selection: Selection<DeviceRow> | null
  /** Null where the keys of its machine are not folded under it. */
  fold: Fold | null
  /** Whether it stands under the newest key of its machine. */
  isOlderKey?: boolean
}) {
  const own = [columns.includes("client") ? null : row.client, columns.includes("platform") ? null : row.platform]
  const about = own.map((text) => neutralise(text, 40)?.text).filter(Boolean)
  const keys = row.pairings > 1 && !isOlderKey && <MachineKeys row={row} fold={fold} isCompact={isCompact} />
  const tags = !columns.includes("tags") && <TagChips tags={row.tags} />
  const isTight = isCompact && columns.length > fewColumns
  // In one line what can be pressed comes first; a long name gives way, and what is marked never does.
  const marks = isCompact ? (
    <>
      {keys}
      <DeviceMarks row={row} isTight={isTight} />
      {tags}
    </>
  ) : (
    <>
      <DeviceMarks row={row} />
      {keys}
      {tags}
    </>
  )
  return (
    <>
      <TableCell
        className={cn(
          "@max-4xl:p-0 @4xl:pl-5",
          isCompact ? "@max-4xl:w-full @max-4xl:min-w-0 @4xl:py-1.5 @4xl:pr-2" : "@4xl:py-3",
        )}
      >
        <div className={cn("flex", isCompact ? "items-center gap-2" : "gap-3", isOlderKey && "pl-5 @4xl:pl-8")}>
          {isOlderKey && (
            <>
              <CornerDownRightIcon aria-hidden className={cn("size-4 shrink-0 text-ink-3", !isCompact && "mt-2.5")} />
              <span className="sr-only">An older key of the same machine: </span>
            </>
          )}
          {selection && (
            <Checkbox
              aria-label={`Select ${neutralise(row.name, 48)?.text ?? row.deviceId.slice(0, 8)}`}
              // What of a low row can be pressed stays within it, or the last one would scroll.
              className={cn("z-10", isCompact ? "after:-inset-1.5 pointer-coarse:after:-inset-2" : "mt-2.5")}
              checked={selection.rows.has(row.deviceId)}
              onClick={(event) => selection.toggle(row, event.shiftKey)}
            />
          )}
          <Identicon deviceId={row.deviceId} className={isCompact ? "size-5 shrink-0 rounded-sm" : "size-9"} />
          <div className="grid min-w-0 gap-0.5 @max-4xl:grid-cols-[minmax(0,1fr)]">
            <div
              className={cn(
                "flex items-center gap-y-1",
                isTight ? "gap-x-1.5" : "gap-x-2",
                isCompact ? "@max-4xl:flex-wrap" : "flex-wrap",
              )}
            >
              <Link
                href={`/devices/${row.deviceId}`}
                className={cn(
                  "font-semibold after:absolute after:inset-0 group-hover:underline",
                  isCompact
                    ? cn("max-w-full shrink-0 truncate", isTight ? "@4xl:max-w-36" : "@4xl:max-w-64")
                    : "wrap-anywhere",
                )}
              >
                <DeviceName name={row.name} max={48} />
              </Link>
              {isCompact && <ShortFingerprint deviceId={row.deviceId} />}
              {marks}
            </div>
            {!isCompact && (
              <p className="flex min-w-0 flex-wrap gap-x-3 text-sm text-ink-3">
                <Fingerprint deviceId={row.deviceId} className="shrink-0 text-ink-3" />
                {about.length > 0 && (
                  <span className="claimed max-w-full truncate" title={about.join(", ")}>
                    {about.join(", ")}
                  </span>
                )}
              </p>
            )}
          </div>
        </div>
      </TableCell>
      {columns.map((column) => (
        <Cell key={column} column={column} isCompact={isCompact}>
          {deviceCells[column]({ row, columns, isCompact })}
        </Cell>
      ))}
    </>
  )
}

/** What a value alone does not say: a time, and which of two lists of scopes it is. */
const ambiguous: readonly ListColumn[] = ["approved", "seen", "paired", "ends"]

function Cell({ column, isCompact, children }: { column: ListColumn; isCompact: boolean; children: React.ReactNode }) {
  return (
    <TableCell
      className={cn(
        "@max-4xl:items-baseline @max-4xl:p-0 @4xl:last:pr-5",
        isCompact
          ? "@max-4xl:flex @max-4xl:min-w-0 @max-4xl:gap-1.5 @max-4xl:has-[>:last-child:empty]:hidden @4xl:px-2 @4xl:py-1.5 @4xl:align-middle"
          : "@max-4xl:grid @max-4xl:grid-cols-[7.5rem_minmax(0,1fr)] @max-4xl:gap-2 @4xl:py-3",
      )}
    >
      {(!isCompact || ambiguous.includes(column)) && (
        <span aria-hidden className={cn("text-sm text-ink-3 @4xl:hidden", isCompact && "whitespace-nowrap")}>
          {columnWords[column]}
        </span>
      )}
      {children}
    </TableCell>
  )
}
