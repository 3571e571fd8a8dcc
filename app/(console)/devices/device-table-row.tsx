import Link from "next/link"
import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { Identicon } from "@/components/identicon"
import { neutralise } from "@/components/neutralise"
import { TimeAgo } from "@/components/time-ago"
import { Checkbox } from "@/components/ui/checkbox"
import { TableCell } from "@/components/ui/table"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { DeviceMarks } from "./device-marks"
import { approvedViaInWords } from "./device-words"
import { ScopeChips } from "./scope-chips"
import { TagChips } from "./tag-chips"
import type { Selection } from "./use-selection"

/** The cells of one device. On a narrow page they stand below each other, each with its heading. */
export function DeviceTableRow({ row, selection }: { row: DeviceRow; selection: Selection | null }) {
  const about = [row.client, row.platform].map((text) => neutralise(text, 40)?.text).filter(Boolean)
  return (
    <>
      <TableCell className="@max-4xl:p-0 @4xl:py-3 @4xl:pl-5">
        <div className="flex gap-3">
          {selection && (
            <Checkbox
              aria-label={`Select ${neutralise(row.name, 48)?.text ?? row.deviceId.slice(0, 8)}`}
              className="z-10 mt-2.5"
              checked={selection.rows.has(row.deviceId)}
              onClick={(event) => selection.toggle(row, event.shiftKey)}
            />
          )}
          <Identicon deviceId={row.deviceId} className="size-9" />
          <div className="grid min-w-0 gap-0.5">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Link
                href={`/devices/${row.deviceId}`}
                className="font-semibold wrap-anywhere after:absolute after:inset-0 group-hover:underline"
              >
                <DeviceName name={row.name} max={48} />
              </Link>
              <DeviceMarks row={row} />
              <TagChips tags={row.tags} />
            </div>
            <p className="flex min-w-0 gap-x-3 text-sm text-ink-3 @max-4xl:flex-wrap">
              <Fingerprint deviceId={row.deviceId} className="shrink-0 text-ink-3" />
              {about.length > 0 && (
                <span className="claimed truncate" title={about.join(", ")}>
                  {about.join(", ")}
                </span>
              )}
            </p>
          </div>
        </div>
      </TableCell>
      <Cell heading="Current scopes">
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
      </Cell>
      <Cell heading="Approved scopes">
        <ScopeChips scopes={row.approved} look="approved" />
      </Cell>
      <Cell heading="Last seen">
        <div className="grid gap-0.5 @max-4xl:flex @max-4xl:flex-wrap @max-4xl:items-baseline @max-4xl:gap-x-2">
          {row.isOnline ? (
            <span className="text-ok">now</span>
          ) : row.lastSeenAtMs === null ? (
            <span className="text-ink-3">never</span>
          ) : (
            <TimeAgo atMs={row.lastSeenAtMs} className="whitespace-nowrap" />
          )}
          {row.lastAddress !== null && <span className="text-sm text-ink-3 tabular-nums">{row.lastAddress}</span>}
        </div>
      </Cell>
      <Cell heading="Paired" className="@4xl:pr-5">
        <div className="grid gap-0.5 @max-4xl:flex @max-4xl:flex-wrap @max-4xl:items-baseline @max-4xl:gap-x-2">
          <TimeAgo atMs={row.pairedAtMs} className="whitespace-nowrap" />
          <span className="text-sm text-ink-3" title={approvedViaInWords(row.approvedVia)}>
            {row.approvedVia === "person" ? "by a person" : "silently"}
          </span>
        </div>
      </Cell>
    </>
  )
}

function Cell({ heading, className, children }: { heading: string; className?: string; children: React.ReactNode }) {
  return (
    <TableCell
      className={`@max-4xl:grid @max-4xl:grid-cols-[7.5rem_minmax(0,1fr)] @max-4xl:items-baseline @max-4xl:gap-2 @max-4xl:p-0 @4xl:py-3 ${className ?? ""}`}
    >
      <span aria-hidden className="text-sm text-ink-3 @4xl:hidden">
        {heading}
      </span>
      {children}
    </TableCell>
  )
}
