import { DeviceName } from "@/components/device-name"
import { OutcomeList } from "@/components/outcome-list"
import type { DeviceRow } from "@/lib/console/device-list-types"
import type { DeviceOutcome } from "@/lib/pairing/at-once"
import { refusalSentences } from "@/lib/pairing/explain"

/** What became of a command, device by device. */
export function BulkOutcomes({
  outcomes,
  rows,
  done,
  onClose,
}: {
  outcomes: readonly DeviceOutcome[]
  rows: readonly DeviceRow[]
  /** The word beside a device on which it was done. */
  done: string
  onClose: () => void
}) {
  const names = new Map(rows.map(({ deviceId, name }) => [deviceId, name]))
  return (
    <OutcomeList
      outcomes={outcomes.map(({ deviceId, refused }) => ({
        id: deviceId,
        name: <DeviceName name={names.get(deviceId) ?? null} max={40} />,
        refused: refused === null ? null : refusalSentences[refused],
      }))}
      label="What became of each device"
      done={done}
      onClose={onClose}
    />
  )
}
