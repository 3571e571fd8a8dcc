"use client"

import { useQuery } from "@tanstack/react-query"
import Link from "next/link"
import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { neutralise } from "@/components/neutralise"
import { TimeAgo } from "@/components/time-ago"
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { countInWords } from "./device-words"
import { blockedKeysQuery } from "./query"

/** The blocked keys that are no devices, so that the list above does not hold them; nothing where there are none. */
export function BlockedKeys() {
  const { data } = useQuery(blockedKeysQuery())
  if (data === undefined || data.rows.length === 0) return null
  const { count, rows } = data
  return (
    <Card aria-labelledby="blocked-keys">
      <CardHeader>
        <CardTitle id="blocked-keys">
          {count.value === 1 ? "1 blocked key is no device" : `${countInWords(count)} blocked keys are no devices`}
        </CardTitle>
      </CardHeader>
      <CardContent>
        <p className="mb-2 text-sm text-ink-3">
          {count.value === 1
            ? "Blocked when only a request of it was there, or its device was removed since. It is unblocked on its page."
            : "Blocked when only requests of them were there, or their devices were removed since. Each is unblocked on its own page."}
        </p>
        <ul className="divide-y divide-line-soft border-t border-line-soft">
          {rows.map(({ deviceId, name, byName, atMs }) => (
            <li key={deviceId} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2">
              <Link
                prefetch={false}
                href={`/devices/${deviceId}`}
                className="min-w-0 font-medium wrap-anywhere underline decoration-line decoration-1 underline-offset-3 hover:decoration-current"
              >
                <DeviceName name={name} max={40} />
              </Link>
              <span className="text-sm">
                <Fingerprint deviceId={deviceId} />
              </span>
              <span className="text-sm text-ink-3">
                blocked by <bdi>{neutralise(byName, 40)?.text ?? "somebody"}</bdi> <TimeAgo atMs={atMs} />
              </span>
            </li>
          ))}
        </ul>
        {(count.more || count.value > rows.length) && (
          <p className="pt-2 text-sm text-ink-3">
            These are the latest.{" "}
            <Link prefetch={false} href="/audit?action=device.blocked" className="underline underline-offset-3">
              The audit log has all of them
            </Link>
            .
          </p>
        )}
      </CardContent>
    </Card>
  )
}
