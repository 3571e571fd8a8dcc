import { DeviceName } from "@/components/device-name"
import { ShortFingerprint } from "@/components/fingerprint"
import { ScrollList } from "@/components/scroll-list"
import type { DeviceRow } from "@/lib/console/device-list-types"

/** Whom a question is about, by name: they may stand on another page, or be filtered out of the list. */
export function GoingDevices({
  label,
  rows,
}: {
  label: string
  rows: readonly Pick<DeviceRow, "deviceId" | "name">[]
}) {
  if (rows.length === 0) return null
  return (
    <ScrollList label={label}>
      {rows.map(({ deviceId, name }) => (
        <li key={deviceId} className="flex flex-wrap items-baseline gap-x-2 py-1.5 wrap-anywhere">
          <span className="font-medium">
            <DeviceName name={name} max={48} />
          </span>
          <ShortFingerprint deviceId={deviceId} />
        </li>
      ))}
    </ScrollList>
  )
}
