"use client"

import { Question } from "@/components/question"
import { ScopeMeanings, ScopeNames } from "@/components/scope-name"
import { Whom } from "@/components/whom"
import type { RequestView } from "@/lib/console/request-types"
import type { Outcome } from "@/lib/pairing/difference"
import { isRoleBack } from "./is-role-back"
import { RequestName } from "./request-name"
import { StillEnds } from "./still-ends"
import { WarningNotices } from "./warnings"

/**
 * The last question before something that hands over the gateway, a role, or another device's place, or that there is
 * something to mind about.
 */
export function ConfirmGrant({
  request,
  outcome,
  label,
  time,
  isOpen,
  onClose,
  approve,
}: {
  request: RequestView
  outcome: Outcome
  label: string
  /** For how long, as it goes on a sentence; empty for good. */
  time: string
  isOpen: boolean
  onClose: () => void
  approve: () => void
}) {
  const { dangerous, restored } = outcome
  const { reason, role, heldRoles, warnings } = request
  const [asRole, isBack] = [role === "operator" ? "an operator" : "a node", isRoleBack(request)]
  const bringsRole = reason === "role-upgrade" || (reason === "not-paired" && role === "node")
  const isOnlyBack = dangerous.every((scope) => restored.includes(scope))
  return (
    <Question
      isOpen={isOpen}
      onClose={onClose}
      title={
        dangerous.length > 0 ? (
          <>
            Give <ScopeNames scopes={dangerous} /> {isOnlyBack && "back "}to this device?
          </>
        ) : bringsRole ? (
          `Let this device be ${asRole}${isBack ? " again" : ""}?`
        ) : (
          `${label}?`
        )
      }
      description="Compare the fingerprint with the one that the device shows of itself."
      confirm={label}
      onConfirm={() => {
        onClose()
        approve()
      }}
    >
      <Whom deviceId={request.deviceId} from={request.address}>
        <RequestName label={request.label} displayName={request.displayName} />
      </Whom>
      {warnings.length > 0 && (
        <div className="grid gap-2">
          <WarningNotices request={request} />
        </div>
      )}
      <ul className="grid gap-1 text-sm text-ink-2 empty:hidden">
        <ScopeMeanings scopes={dangerous} />
        {restored.length > 0 && (
          <li>
            Approved before, and back in its token with this: <code>{restored.join(", ")}</code>.
          </li>
        )}
        {reason === "not-paired" && role === "node" && (
          <li>As a node it lets the gateway run commands on the machine it stands on.</li>
        )}
        {reason === "role-upgrade" && (
          <li>
            With {isBack ? "its role back" : "the new role"} it can act as {asRole}
            {isBack && " again"}
            {heldRoles.length > 0 && " too"}
            {time === "" ? ", until somebody revokes it" : time}.
          </li>
        )}
        {time !== "" && (
          <li>
            It has this{time}. Then it ends by itself, and its connections close; if it asks again, a person decides.
          </li>
        )}
        <StillEnds as="li" request={request} />
        {request.paired === "other-key" && (
          <li>The device that is paired under this id is replaced, with all of its rights.</li>
        )}
      </ul>
    </Question>
  )
}
