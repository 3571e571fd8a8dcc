import { ScopeNames } from "@/components/scope-name"
import type { RequestRow } from "@/lib/console/request-types"

/** What a request asks for, in one line. */
export function Asks({ row }: { row: RequestRow }) {
  const { reason, role, scopes, missing, heldRoles, isRoleBack } = row
  const withScopes =
    scopes.length === 0 ? (
      ", no scopes"
    ) : (
      <>
        {" "}
        with <ScopeNames scopes={scopes} />
      </>
    )
  if (reason === "scope-upgrade") {
    return (
      <>
        asks <ScopeNames scopes={missing.length > 0 ? missing : scopes} />
      </>
    )
  }
  if (reason === "role-upgrade") {
    const held = heldRoles.filter((other) => other !== role)
    return (
      <>
        {held.length > 0 && `is ${held.join(" and ")}, `}asks to be {role}
        {isRoleBack && " again"}
        {withScopes}
      </>
    )
  }
  return (
    <>
      {role}
      {withScopes}
    </>
  )
}
