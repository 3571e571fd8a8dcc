"use client"

import { CheckIcon } from "lucide-react"
import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { ScopeName, ScopeNames } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { DeviceView, RoleView, ScopeRight } from "@/lib/console/device-types"
import { knownScopes, scopeInWords } from "@/lib/pairing/explain"
import { covers } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"
import type { Allowed } from "./allowed"
import { EndingNotice } from "./ending-notice"
import { ProvenanceText } from "./provenance-text"
import { UnusedNotice } from "./unused-notice"
import { useDoing } from "./use-doing"

const EditDialog = onDemand(() => import("./edit-dialog").then((parts) => parts.EditDialog))
const TakeBackDialog = onDemand(() => import("./take-back-dialog").then((parts) => parts.TakeBackDialog))

const whole = { lowerTo: null }

/** Current against approved scopes of one role, each with where it comes from. */
export function RightsCard({
  device,
  role,
  hasOthers,
  allowed,
}: {
  device: DeviceView
  role: RoleView
  hasOthers: boolean
  allowed: Allowed
}) {
  const [open, setOpen] = useState<{ lowerTo: Scopes | null } | { takeBack: string } | null>(null)
  const taken = open !== null && "takeBack" in open ? open.takeBack : null
  const asked = useDoing()
  const isAsked = asked.doing === "edit" && device.paired?.roles[0]?.role === role.role
  const edit = open !== null && "lowerTo" in open ? open : isAsked ? whole : null
  const close = () => {
    setOpen(null)
    asked.stop()
  }
  const unused = role.role === "operator" ? (device.paired?.unused ?? null) : null
  return (
    <Card aria-label={`Rights as ${role.role}`}>
      <CardHeader>
        <CardTitle>Rights{hasOthers && ` as ${role.role}`}</CardTitle>
        <CardDescription className="max-sm:order-last max-sm:w-full">{summary(role)}</CardDescription>
        {allowed.editScopes && (
          <CardAction>
            <Button size="sm" {...EditDialog.near} onClick={() => setOpen(whole)}>
              Edit scopes
              <span className="sr-only"> as {role.role}</span>
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {role.ending.map((grant) => (
          <EndingNotice key={grant.untilMs} device={device} role={role} grant={grant} isAllowed={allowed.extend} />
        ))}
        {role.scopes.length === 0 ? (
          <p className="text-ink-2">
            No scopes:{" "}
            {role.role === "node" ? "the role itself is all that a node has." : "it may connect, and no more."}
          </p>
        ) : (
          <table className="w-full">
            <caption className="sr-only">Scopes as {role.role}</caption>
            <thead>
              <tr className="text-left text-sm text-ink-2 max-sm:grid max-sm:grid-cols-2">
                <th scope="col" className="w-[38%] pb-2 font-semibold max-sm:sr-only">
                  <span className="sr-only">Scope</span>
                </th>
                <th scope="col" className="w-[26%] pb-2 font-semibold">
                  Current <span className="text-ink-3 max-sm:sr-only">(token)</span>
                </th>
                <th scope="col" className="pb-2 font-semibold">
                  Approved <span className="text-ink-3 max-sm:sr-only">(ceiling)</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {role.scopes.map((right) => (
                <tr
                  key={right.scope}
                  className="border-t border-line-soft align-top max-sm:grid max-sm:grid-cols-2 max-sm:py-1"
                >
                  <th
                    scope="row"
                    className="py-2 pr-3 text-left font-normal max-sm:col-span-2 max-sm:pb-0"
                    title={scopeInWords(right.scope) ?? undefined}
                  >
                    <ScopeName scope={right.scope} />
                  </th>
                  <td className="py-2 pr-3">
                    <Current right={right} role={role} />
                  </td>
                  <td className="py-2">
                    <Approved right={right}>
                      {allowed.takeBack && right.isSilent && (
                        <Button
                          variant="link"
                          size="sm"
                          className="h-auto"
                          onClick={() => setOpen({ takeBack: right.scope })}
                        >
                          take back<span className="sr-only"> {right.scope}</span>
                        </Button>
                      )}
                    </Approved>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <Included role={role} />
      </CardContent>
      {unused !== null && (
        <UnusedNotice unused={unused} onLower={allowed.editScopes ? (keep) => setOpen({ lowerTo: keep }) : null} />
      )}
      {allowed.editScopes && (
        <EditDialog isOpen={edit !== null} device={device} role={role} start={edit} onClose={close} />
      )}
      {allowed.takeBack && (
        <TakeBackDialog isOpen={taken !== null} device={device} scope={taken} onClose={() => setOpen(null)} />
      )}
    </Card>
  )
}

function summary({ token, scopes, endedAtMs }: RoleView): string {
  if (token === null) return "no token was issued yet"
  if (endedAtMs !== null) return "ended: nothing of this is in force"
  if (token.standing === "revoked") return "revoked: nothing of this is in force"
  const isNarrower = scopes.some((right) => right.isApproved && !right.inToken && !right.impliedByToken)
  return isNarrower ? "token narrower than approved" : "token holds all that is approved"
}

function Current({ right, role }: { right: ScopeRight; role: RoleView }) {
  if (right.inToken) {
    return (
      <Badge tone="ok">
        <CheckIcon aria-hidden />
        in token
      </Badge>
    )
  }
  if (right.impliedByToken) return <span className="text-sm text-ink-2">included</span>
  if (!right.isApproved) return <None />
  if (role.token?.standing === "revoked") {
    return <span className="text-sm text-danger">{role.endedAtMs === null ? "revoked" : "ended"}</span>
  }
  return (
    <span className="text-sm text-ink-3">
      {right.left === null ? (
        "not in token"
      ) : (
        <>
          narrowed <Instant atMs={right.left.atMs} style="day" />
        </>
      )}
    </span>
  )
}

function Approved({ right, children }: { right: ScopeRight; children: React.ReactNode }) {
  if (!right.isApproved) {
    if (!right.isWithheld) return <None />
    return (
      <span className="text-sm text-ink-3">
        withheld{right.withheld && ", "}
        <ProvenanceText provenance={right.withheld} />
      </span>
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={right.isSilent ? "quiet" : "accent"} className="max-w-full whitespace-normal">
        {right.approved === null ? (
          right.isSilent ? (
            "silent"
          ) : (
            "approved"
          )
        ) : (
          <ProvenanceText provenance={right.approved} isSilent={right.isSilent} />
        )}
      </Badge>
      {right.untilMs !== null && (
        <span className="text-sm text-warn">
          until <Instant atMs={right.untilMs} />
        </span>
      )}
      {right.isWithheld && <Badge>withheld</Badge>}
      {children}
    </div>
  )
}

/** What is approved without a row of its own, because a wider scope includes it. */
function Included({ role: { ceiling, scopes } }: { role: RoleView }) {
  const within = knownScopes.filter(
    (scope) => covers(ceiling, [scope]) && !scopes.some((right) => right.scope === scope),
  )
  if (within.length === 0) return null
  return (
    <p className="border-t border-line-soft pt-2 text-sm text-ink-2">
      Included in what is approved: <ScopeNames scopes={within} max={within.length} />.
    </p>
  )
}

function None() {
  return (
    <span className="text-ink-3">
      <span aria-hidden>–</span>
      <span className="sr-only">no</span>
    </span>
  )
}
