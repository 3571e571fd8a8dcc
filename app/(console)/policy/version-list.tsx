import { DeviceName } from "@/components/device-name"
import { Instant } from "@/components/time-ago"
import { Badge } from "@/components/ui/badge"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { PolicyVersionRow } from "@/lib/console/types"
import { ChangeList } from "./change-list"

/** Every version that was in force, with who made it, why, and what it changed. */
export function VersionList({ versions }: { versions: readonly PolicyVersionRow[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Versions</CardTitle>
        <CardDescription>Who changed the policy, why, and what came of it.</CardDescription>
      </CardHeader>
      <CardContent>
        {versions.length === 0 ? (
          <p className="text-sm text-ink-2">
            The policy was never changed: it is in force as shipped, as every Gatehouse starts.
          </p>
        ) : (
          <ol className="divide-y divide-line-soft">
            {versions.map((row, index) => (
              <li
                key={row.version}
                className="grid gap-x-6 gap-y-2 py-3.5 first:pt-0 last:pb-0 md:grid-cols-[15rem_1fr]"
              >
                <div className="grid content-start gap-0.5 text-sm">
                  <span className="flex items-center gap-2 font-medium">
                    Version {row.version}
                    {index === 0 && <Badge tone="ok">in force</Badge>}
                  </span>
                  <span className="text-ink-3">
                    <Instant atMs={row.atMs} />, <DeviceName name={row.byName} />
                  </span>
                  {row.note !== null && <span className="claimed text-ink-2 wrap-anywhere">“{row.note}”</span>}
                </div>
                <ChangeList before={row.previous} after={row.policy} />
              </li>
            ))}
          </ol>
        )}
      </CardContent>
    </Card>
  )
}
