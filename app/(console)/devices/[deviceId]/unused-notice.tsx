import { neutralise } from "@/components/neutralise"
import { ScopeNames } from "@/components/scope-name"
import { Button } from "@/components/ui/button"
import { CardContent } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import type { UnusedRights } from "@/lib/console/device-types"
import type { Scopes } from "@/lib/pairing/types"

/** What the device could do without, by what it called; and the way to take that away. */
export function UnusedNotice({
  unused: { days, suffices, unused, unknown },
  onLower,
}: {
  unused: UnusedRights
  onLower: ((keep: Scopes) => void) | null
}) {
  return (
    <CardContent className="pt-0">
      <Notice>
        <div className="grid gap-2">
          <p>
            In {days} days it called nothing that needs{" "}
            {suffices.length === 0 ? (
              "any scope at all"
            ) : (
              <>
                more than <ScopeNames scopes={suffices} max={4} />
              </>
            )}
            : <ScopeNames scopes={unused} max={4} /> {unused.length === 1 ? "was" : "were"} not used.
          </p>
          {unknown.length > 0 ? (
            <p className="text-sm text-ink-2">
              It also called methods whose scope is not known here (
              {unknown.slice(0, 3).map((method, index) => (
                <span key={method}>
                  {index > 0 && ", "}
                  <code>{neutralise(method, 60)?.text}</code>
                </span>
              ))}
              {unknown.length > 3 && ` and ${unknown.length - 3} more`}), so nothing is advised.
            </p>
          ) : (
            onLower !== null && (
              <Button size="sm" className="w-fit" onClick={() => onLower(suffices)}>
                {suffices.length === 0 ? "Take them away" : "Lower to what it uses"}
              </Button>
            )
          )}
        </div>
      </Notice>
    </CardContent>
  )
}
