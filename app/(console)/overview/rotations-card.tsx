import Link from "next/link"
import { DeviceName } from "@/components/device-name"
import { Instant, TimeAgo } from "@/components/time-ago"
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { overviewHref } from "@/lib/console/overview-links"
import type { Overview, WaitingRotation } from "@/lib/console/overview-types"
import { countInWords, NumberLink } from "./number-link"

/** Tokens that were rotated and that their devices have not used yet. */
export function RotationsCard({ overview: { rotations, period } }: { overview: Overview }) {
  const { count, rows } = rotations
  const isAll = rows.length === count.value
  return (
    <Card aria-labelledby="rotations" id="rotations-card">
      <CardHeader>
        <CardTitle id="rotations">Rotations waiting for pickup</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-2">
        <p className="text-2xl font-semibold">
          <NumberLink
            {...count}
            of={count.value === 1 ? "rotated token is not in use yet" : "rotated tokens are not in use yet"}
            href={isAll ? "#rotations-card" : `${overviewHref(period, true)}#rotations-card`}
            className="font-semibold"
          />
        </p>
        {rows.length === 0 ? (
          <p className="text-ink-2">Every rotated token is in use by its device.</p>
        ) : (
          <ul aria-label="Devices with a rotated token that waits" className="divide-y divide-line-soft">
            {rows.map((row) => (
              <Waiting key={`${row.deviceId}${row.role}`} row={row} />
            ))}
          </ul>
        )}
        {!isAll && (
          <Link
            href={`${overviewHref(period, true)}#rotations-card`}
            prefetch={false}
            className="w-fit text-sm text-accent underline underline-offset-3"
          >
            Show all {countInWords(count)}
          </Link>
        )}
        {isAll && count.more && (
          <p className="text-sm text-ink-3">Those that wait the longest. More appear as these are in use.</p>
        )}
      </CardContent>
    </Card>
  )
}

function Waiting({ row }: { row: WaitingRotation }) {
  return (
    <li className="grid gap-0.5 py-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link
          href={`/devices/${encodeURIComponent(row.deviceId)}`}
          prefetch={false}
          className="min-w-0 font-medium underline decoration-line underline-offset-4 wrap-anywhere hover:text-accent hover:decoration-current"
        >
          <DeviceName name={row.name} max={40} />
        </Link>
        <span className="text-sm text-ink-3">{row.role}</span>
        <span className="ml-auto text-sm text-ink-3">
          rotated <TimeAgo atMs={row.rotatedAtMs} />
        </span>
      </p>
      <p className="text-sm text-ink-2">
        {row.isDelivered ? "Handed over, not used yet; " : "Not handed over yet; "}
        <OldToken untilMs={row.oldUntilMs} />
      </p>
    </li>
  )
}

function OldToken({ untilMs }: { untilMs: WaitingRotation["oldUntilMs"] }) {
  if (untilMs === null) return "its old token does not work any more."
  if (untilMs === "pickup") return "its old token works until it is."
  return (
    <>
      its old token works until <Instant atMs={untilMs} style="short" />.
    </>
  )
}
