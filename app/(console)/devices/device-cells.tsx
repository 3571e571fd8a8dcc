import { neutralise } from "@/components/neutralise"
import { Instant, TimeAgo } from "@/components/time-ago"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { cn } from "@/lib/utils"
import { approvedViaInWords } from "./device-words"
import type { ListColumn } from "./list-look"
import { ScopeChips } from "./scope-chips"
import { TagChips } from "./tag-chips"

type Shown = { readonly row: DeviceRow; readonly columns: readonly ListColumn[]; readonly isCompact: boolean }

/** Scopes that one line has room for. */
const fewChips = 3

/** What stands in each column. What has a column of its own stands nowhere else. */
export const deviceCells: Record<ListColumn, (shown: Shown) => React.ReactNode> = {
  current: ({ row, isCompact }) => <CurrentScopes row={row} isCompact={isCompact} />,
  approved: ({ row, isCompact }) => (
    <ScopeChips scopes={row.approved} look="approved" {...(isCompact && { max: fewChips })} isOneLine={isCompact} />
  ),
  seen: ({ row, columns, isCompact }) => (
    <Pair isCompact={isCompact}>
      {row.isOnline ? (
        <span className="text-ok">now</span>
      ) : row.lastSeenAtMs === null ? (
        <span className="text-ink-3">never</span>
      ) : (
        <TimeAgo atMs={row.lastSeenAtMs} className="whitespace-nowrap" />
      )}
      {!columns.includes("address") && !isCompact && <Address row={row} />}
    </Pair>
  ),
  address: ({ row }) => <Address row={row} />,
  paired: ({ row, columns, isCompact }) => (
    <Pair isCompact={isCompact}>
      <TimeAgo atMs={row.pairedAtMs} className="whitespace-nowrap" />
      {!columns.includes("via") && !isCompact && (
        <span className="text-sm text-ink-3" title={approvedViaInWords(row.approvedVia)}>
          {row.approvedVia === "person" ? "by a person" : "silently"}
        </span>
      )}
    </Pair>
  ),
  via: ({ row, isCompact }) => (
    <span className={cn("text-sm text-ink-2", isCompact && "@4xl:whitespace-nowrap")}>
      {approvedViaInWords(row.approvedVia)}
    </span>
  ),
  client: ({ row, isCompact }) => <Claimed text={row.client} isCompact={isCompact} />,
  platform: ({ row, isCompact }) => <Claimed text={row.platform} isCompact={isCompact} />,
  tags: ({ row, isCompact }) => (
    <span className={cn("flex gap-1", !isCompact && "flex-wrap")}>
      <TagChips tags={row.tags} />
    </span>
  ),
  ends: ({ row }) =>
    row.nextEndMs === null ? (
      <span className="text-sm text-ink-3">never</span>
    ) : (
      <Instant atMs={row.nextEndMs} style="day" />
    ),
}

function CurrentScopes({ row, isCompact }: { row: DeviceRow; isCompact: boolean }) {
  return (
    <ul className={isCompact ? "flex gap-3" : "grid gap-1"}>
      {row.roles.map((role) => (
        <li key={role.role} className={cn("flex items-baseline gap-x-2 gap-y-1", !isCompact && "flex-wrap")}>
          <span className="text-sm leading-6 text-ink-3">{role.role}</span>
          {role.token === "revoked" ? (
            <span className="text-sm text-danger">revoked</span>
          ) : role.token === "none" ? (
            <span className="text-sm text-ink-3">no token yet</span>
          ) : (
            <ScopeChips
              scopes={role.current}
              look="current"
              {...(isCompact && { max: fewChips })}
              isOneLine={isCompact}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

function Address({ row }: { row: DeviceRow }) {
  return row.lastAddress === null ? null : (
    <span title={row.lastAddress} className="block max-w-40 truncate text-sm text-ink-3 tabular-nums">
      {row.lastAddress}
    </span>
  )
}

/** What a device says of itself. */
function Claimed({ text, isCompact }: { text: string | null; isCompact: boolean }) {
  const shown = neutralise(text, 40)?.text
  return (
    <span
      title={shown}
      className={cn(
        "claimed inline-block max-w-full text-sm text-ink-2",
        isCompact ? "truncate align-bottom @4xl:max-w-32" : "wrap-anywhere @4xl:min-w-24",
      )}
    >
      {shown}
    </span>
  )
}

function Pair({ isCompact, children }: { isCompact: boolean; children: React.ReactNode }) {
  if (isCompact) return children
  return (
    <div className="grid gap-0.5 @max-4xl:flex @max-4xl:flex-wrap @max-4xl:items-baseline @max-4xl:gap-x-2">
      {children}
    </div>
  )
}
