import { ScopeName } from "@/components/scope-name"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import type { ScopeAsked, Waiting } from "@/lib/console/request-types"

function standing(row: ScopeAsked | undefined): string {
  if (row === undefined) return "not asked"
  if (row.isApproved) return row.inToken ? "approved, in the token" : "approved, not in the token"
  return row.bringsBack.length > 0 ? "withheld" : "new"
}

/** What was shown, beside what holds now, where the two differ. Nothing is approved in between. */
export function ChangedNotice({
  shown,
  now,
  isRefused,
  accept,
}: {
  shown: Waiting
  now: Waiting
  isRefused: boolean
  accept: () => void
}) {
  const scopes = [...new Set([...shown.scopes, ...now.scopes].map((row) => row.scope))]
  const rows = scopes
    .map((scope) => ({
      scope,
      old: standing(shown.scopes.find((row) => row.scope === scope)),
      fresh: standing(now.scopes.find((row) => row.scope === scope)),
    }))
    .filter(({ old, fresh }) => old !== fresh)
  return (
    <Notice tone="warn" live>
      <p className="font-semibold">
        {isRefused
          ? "This changed since it was shown to you, so nothing was approved."
          : "This changed since it was shown to you. Look at the present state before you decide."}
      </p>
      {rows.length === 0 ? (
        <p>The rights of the device were changed elsewhere; what it asks for is the same.</p>
      ) : (
        <dl className="mt-1 grid gap-1">
          {rows.map(({ scope, old, fresh }) => (
            <div key={scope} className="flex flex-wrap gap-x-2">
              <dt>
                <ScopeName scope={scope} />
              </dt>
              <dd>
                <del className="text-ink-2">{old}</del> → <ins className="font-semibold no-underline">{fresh}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Button size="sm" className="mt-2" onClick={accept}>
        Show the present state
      </Button>
    </Notice>
  )
}
