import { neutralise } from "@/components/neutralise"
import { Badge } from "@/components/ui/badge"
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { CallRow } from "@/lib/console/device-types"

/** What one session called at the gateway behind within the last hour. */
export function SessionCalls({ calls }: { calls: readonly CallRow[] }) {
  if (calls.length === 0) return <p className="text-sm text-ink-3">Called nothing within the last hour.</p>
  const total = calls.reduce((sum, { count }) => sum + count, 0)
  const refused = calls.reduce((sum, call) => sum + call.refused, 0)
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm text-sm text-ink-2">
        {total === 1 ? "1 call" : `${total} calls`} within the last hour
        {refused > 0 && <span className="text-warn">, {refused} refused for a missing scope</span>}
      </summary>
      <Table className="mt-2">
        <TableHeader>
          <TableRow>
            <TableHead>Method</TableHead>
            <TableHead>Needs</TableHead>
            <TableHead className="text-right">Calls</TableHead>
            <TableHead>Refused</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {calls.map((call) => (
            <TableRow key={call.method}>
              <TableCell className="font-mono text-sm wrap-anywhere">{neutralise(call.method, 80)?.text}</TableCell>
              <TableCell className="font-mono text-sm">{needsOf(call)}</TableCell>
              <TableCell className="text-right tabular-nums">{call.count}</TableCell>
              <TableCell>
                {call.refused > 0 && (
                  <Badge tone="warn">
                    {call.refused} for want of {call.missingScope}
                  </Badge>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </details>
  )
}

function needsOf({ scope }: CallRow): string {
  if (scope === undefined) return "not known"
  return scope ?? "nothing"
}
