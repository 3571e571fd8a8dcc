import {
  BanIcon,
  CalendarClockIcon,
  EyeOffIcon,
  InboxIcon,
  KeyRoundIcon,
  ScissorsIcon,
  VolumeXIcon,
} from "lucide-react"
import { useClock } from "@/components/clock"
import { formatDuration } from "@/components/format-time"
import { Badge } from "@/components/ui/badge"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { markWords } from "./device-words"

function Ends({ atMs }: { atMs: number }) {
  const left = useClock(({ nowMs }) => formatDuration(atMs - nowMs))
  return (
    <Badge tone="warn" title="When the first of what it was granted for a time ends">
      <CalendarClockIcon aria-hidden />
      ends in {left}
    </Badge>
  )
}

/** What stands out about a device. */
export function DeviceMarks({ row }: { row: DeviceRow }) {
  return (
    <>
      {row.isOnline && (
        <Badge tone="ok" title={markWords.online.means}>
          <span aria-hidden className="size-1.5 rounded-full bg-current" />
          online
        </Badge>
      )}
      {row.waiting > 0 && (
        <Badge tone="warn">
          <InboxIcon aria-hidden />
          {row.waiting === 1 ? "1 request" : `${row.waiting} requests`}
        </Badge>
      )}
      {row.isBlocked && (
        <Badge tone="danger" title={markWords.blocked.means}>
          <BanIcon aria-hidden />
          blocked
        </Badge>
      )}
      {row.isRevoked && (
        <Badge tone="danger" title={markWords.revoked.means}>
          <KeyRoundIcon aria-hidden />
          revoked
        </Badge>
      )}
      {row.isNarrowed && (
        <Badge tone="accent" title={markWords.narrowed.means}>
          <ScissorsIcon aria-hidden />
          narrowed
        </Badge>
      )}
      {row.isSilent && (
        <Badge tone="quiet" title={markWords.silent.means}>
          <VolumeXIcon aria-hidden />
          silent
        </Badge>
      )}
      {row.nextEndMs !== null && <Ends atMs={row.nextEndMs} />}
      {row.lastSeenAtMs === null && !row.isOnline && (
        <Badge title={markWords["never-used"].means}>
          <EyeOffIcon aria-hidden />
          never used
        </Badge>
      )}
    </>
  )
}
