import Link from "next/link"
import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { Identicon } from "@/components/identicon"
import { neutralise } from "@/components/neutralise"
import { Instant } from "@/components/time-ago"
import { RadioGroupItem } from "@/components/ui/radio-group"
import type { DuplicatesView } from "@/lib/console/device-list-types"
import { deviceCells } from "../device-cells"
import { DeviceMarks } from "../device-marks"
import { approvedViaInWords } from "../device-words"
import { TagChips } from "../tag-chips"

/** One key of a machine, for comparing it with the others. */
export function DuplicateColumn({
  row,
  isKept,
  mayChoose,
}: {
  row: DuplicatesView["rows"][number]
  isKept: boolean
  mayChoose: boolean
}) {
  const id = `keep-${row.deviceId}`
  const note = neutralise(row.note, 200)?.text
  return (
    <section
      aria-labelledby={`${id}-name ${id}-print`}
      data-kept={isKept}
      className="grid min-w-0 content-start gap-3 border-r border-b border-line-soft p-4 data-[kept=true]:bg-accent-soft/50"
    >
      {mayChoose && (
        <label htmlFor={id} className="flex items-center gap-2 font-medium">
          <RadioGroupItem id={id} value={row.deviceId} aria-labelledby={`${id}-fate ${id}-name ${id}-print`} />
          <span id={`${id}-fate`}>{isKept ? "Stays" : row.isOnline ? "Is left, as it is connected" : "Goes"}</span>
        </label>
      )}
      <div className="flex gap-3">
        <Identicon deviceId={row.deviceId} className="size-9" />
        <div className="grid min-w-0 gap-0.5">
          <h2 id={`${id}-name`} className="font-semibold wrap-anywhere">
            <Link href={`/devices/${row.deviceId}`} className="hover:underline">
              <DeviceName name={row.name} max={40} />
            </Link>
          </h2>
          <span id={`${id}-print`}>
            <Fingerprint deviceId={row.deviceId} />
          </span>
        </div>
      </div>
      <div className="flex flex-wrap gap-1">
        <DeviceMarks row={row} />
        <TagChips tags={row.tags} />
      </div>
      <dl className="grid gap-2">
        <Line name="Paired">
          <Instant atMs={row.pairedAtMs} style="day" />
        </Line>
        <Line name="Approved">
          {row.approvedVia === "person" && row.approvedBy !== null
            ? `By ${row.approvedBy}`
            : approvedViaInWords(row.approvedVia)}
        </Line>
        <Line name="Last seen">{deviceCells.seen({ row, columns: [], isCompact: false })}</Line>
        <Line name="Current scopes">{deviceCells.current({ row, columns: [], isCompact: false })}</Line>
        <Line name="Approved scopes">{deviceCells.approved({ row, columns: [], isCompact: false })}</Line>
        {note && <Line name="Notes">{note}</Line>}
      </dl>
    </section>
  )
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-sm text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}
