import { WrenchIcon } from "lucide-react"
import { DeviceName } from "@/components/device-name"
import { type Doing, doingWords } from "../devices/[deviceId]/doings"
import { Line, Lines } from "./line"
import type { DoingLine } from "./use-doings"

/** What can be done to a device: each opens its question on the page of the device. */
export function DoingLines({
  lines,
  visit,
  askWhich,
}: {
  lines: readonly DoingLine[]
  visit: (href: string) => void
  /** Begins the text with what is to be done, for the name of the device to follow. */
  askWhich: (doing: Doing) => void
}) {
  if (lines.length === 0) return null
  return (
    <Lines heading="With a device">
      {lines.map(({ doing, device }) => (
        <Line
          key={`${doing} ${device?.deviceId}`}
          value={`do ${doing} ${device?.deviceId}`}
          Icon={WrenchIcon}
          choose={() => (device === null ? askWhich(doing) : visit(`/devices/${device.deviceId}?do=${doing}`))}
        >
          {doingWords[doing].name}:{" "}
          {device === null ? "then type the name of a device" : <DeviceName name={device.name} max={40} />}
        </Line>
      ))}
    </Lines>
  )
}
