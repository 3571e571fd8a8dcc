import { neutralise } from "@/components/neutralise"
import { Instant, TimeAgo } from "@/components/time-ago"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { approvedViaInWords } from "./device-words"
import type { ListColumn } from "./list-look"
import { ScopeChips } from "./scope-chips"
import { TagChips } from "./tag-chips"

type Shown = { readonly row: DeviceRow; readonly columns: readonly ListColumn[] }

/** What stands in each column. What has a column of its own stands nowhere else. */
export const deviceCells: Record<ListColumn, (shown: Shown) => React.ReactNode> = {
  current: ({ row }) => <CurrentScopes row={row} />,
  approved: ({ row }) => <ScopeChips scopes={row.approved} look="approved" />,
  seen: ({ row, columns }) => (
    <Pair>
      {row.isOnline ? (
        <span className="text-ok">now</span>
      ) : row.lastSeenAtMs === null ? (
        <span className="text-ink-3">never</span>
      ) : (
        <TimeAgo atMs={row.lastSeenAtMs} className="whitespace-nowrap" />
      )}
      {!columns.includes("address") && <Address row={row} />}
    </Pair>
  ),
  address: ({ row }) => (
    <div className="@4xl:min-w-28">
      <Address row={row} />
    </div>
  ),
  paired: ({ row, columns }) => (
    <Pair>
      <TimeAgo atMs={row.pairedAtMs} className="whitespace-nowrap" />
      {!columns.includes("via") && (
        <span className="text-sm text-ink-3" title={approvedViaInWords(row.approvedVia)}>
          {row.approvedVia === "person" ? "by a person" : "silently"}
        </span>
      )}
    </Pair>
  ),
  via: ({ row }) => <span className="text-sm text-ink-2">{approvedViaInWords(row.approvedVia)}</span>,
  client: ({ row }) => <Claimed text={row.client} />,
  platform: ({ row }) => <Claimed text={row.platform} />,
  tags: ({ row }) => (
    <span className="flex flex-wrap gap-1">
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

function CurrentScopes({ row }: { row: DeviceRow }) {
  return (
    <ul className="grid gap-1">
      {row.roles.map((role) => (
        <li key={role.role} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <span className="text-sm leading-6 text-ink-3">{role.role}</span>
          {role.token === "revoked" ? (
            <span className="text-sm text-danger">revoked</span>
          ) : role.token === "none" ? (
            <span className="text-sm text-ink-3">no token yet</span>
          ) : (
            <ScopeChips scopes={role.current} look="current" />
          )}
        </li>
      ))}
    </ul>
  )
}

function Address({ row }: { row: DeviceRow }) {
  return row.lastAddress === null ? null : (
    <span className="text-sm text-ink-3 tabular-nums wrap-anywhere">{row.lastAddress}</span>
  )
}

/** What a device says of itself. */
function Claimed({ text }: { text: string | null }) {
  return (
    <span className="claimed inline-block text-sm text-ink-2 wrap-anywhere @4xl:min-w-24">
      {neutralise(text, 40)?.text}
    </span>
  )
}

function Pair({ children }: { children: React.ReactNode }) {
  return (
    <div className="grid gap-0.5 @max-4xl:flex @max-4xl:flex-wrap @max-4xl:items-baseline @max-4xl:gap-x-2">
      {children}
    </div>
  )
}
