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
import { formatLeft } from "@/components/format-time"
import { Badge } from "@/components/ui/badge"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { markWords } from "./device-words"

/** The words of a badge: seen, or in a table only read out where its sign alone has room. */
function Words({ isTight, children }: { isTight: boolean; children: React.ReactNode }) {
  return <span className={isTight ? "@4xl:sr-only" : undefined}>{children}</span>
}

function Ends({ atMs, isTight }: { atMs: number; isTight: boolean }) {
  const left = useClock(({ nowMs }) => formatLeft(atMs - nowMs))
  return (
    <Badge tone="warn" title="When the first of what it was granted for a time ends">
      <CalendarClockIcon aria-hidden />
      <Words isTight={isTight}>ends in</Words> {left}
    </Badge>
  )
}

/** What stands out about a device; with `isTight` as signs, whose words are read out. */
export function DeviceMarks({ row, isTight = false }: { row: DeviceRow; isTight?: boolean }) {
  return (
    <>
      {row.isOnline && (
        <Badge tone="ok" title={markWords.online.means} className={isTight ? "min-h-4.5" : undefined}>
          <span aria-hidden className="size-1.5 rounded-full bg-current" />
          <Words isTight={isTight}>online</Words>
        </Badge>
      )}
      {row.waiting > 0 && (
        <Badge tone="warn">
          <InboxIcon aria-hidden />
          {row.waiting}
          <Words isTight={isTight}>{row.waiting === 1 ? "request" : "requests"}</Words>
        </Badge>
      )}
      {row.isBlocked && (
        <Badge tone="danger" title={markWords.blocked.means}>
          <BanIcon aria-hidden />
          <Words isTight={isTight}>blocked</Words>
        </Badge>
      )}
      {row.isRevoked && (
        <Badge tone="danger" title={markWords.revoked.means}>
          <KeyRoundIcon aria-hidden />
          <Words isTight={isTight}>revoked</Words>
        </Badge>
      )}
      {row.isNarrowed && (
        <Badge tone="accent" title={markWords.narrowed.means}>
          <ScissorsIcon aria-hidden />
          <Words isTight={isTight}>narrowed</Words>
        </Badge>
      )}
      {row.isSilent && (
        <Badge tone="quiet" title={markWords.silent.means}>
          <VolumeXIcon aria-hidden />
          <Words isTight={isTight}>silent</Words>
        </Badge>
      )}
      {row.nextEndMs !== null && <Ends atMs={row.nextEndMs} isTight={isTight} />}
      {row.lastSeenAtMs === null && !row.isOnline && (
        <Badge title={markWords["never-used"].means}>
          <EyeOffIcon aria-hidden />
          <Words isTight={isTight}>never used</Words>
        </Badge>
      )}
    </>
  )
}
