import { BanIcon, EyeOffIcon, InboxIcon, KeyRoundIcon, ScissorsIcon, VolumeXIcon } from "lucide-react"
import { Badge } from "@/components/ui/badge"
import type { DeviceRow } from "@/lib/console/device-types"
import { markWords } from "./device-words"

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
      {row.lastSeenAtMs === null && !row.isOnline && (
        <Badge title="Was let in, but has not connected since">
          <EyeOffIcon aria-hidden />
          never seen
        </Badge>
      )}
    </>
  )
}
