import { ScopeNames } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import type { RoleView } from "@/lib/console/device-types"

/** What the token's state means for the device's next connect. */
export function TokenAdvice({ role }: { role: RoleView }) {
  const { token, ceiling, scopes } = role
  if (token === null) return null
  const predecessor = token.predecessors[0]
  const isNarrower = scopes.some((right) => right.isApproved && !right.inToken && !right.impliedByToken)
  return (
    <>
      {token.standing === "revoked" && (
        <Advice>
          The role is out of force. Connecting again as {role.role} files a request, also from this machine; only an
          approval brings it back.
        </Advice>
      )}
      {predecessor !== undefined && (
        <Advice>
          Until the device first uses the new token, its old one still lets it in
          {predecessor.untilMs !== null && (
            <>
              , at the latest until <Instant atMs={predecessor.untilMs} />
            </>
          )}
          , within the new scopes, and hands it the new one.
        </Advice>
      )}
      {token.standing !== "revoked" && isNarrower && (
        <Advice>
          With the shared token a reconnect may use anything up to the approved <ScopeNames scopes={ceiling} />; with
          this token it has {token.scopes.length === 0 ? "no scopes" : <ScopeNames scopes={token.scopes} />} only.
        </Advice>
      )}
    </>
  )
}

function Advice({ children }: { children: React.ReactNode }) {
  return <p className="rounded-lg border border-line bg-ground px-3 py-2.5 text-sm text-ink-2">{children}</p>
}
