"use client"

import { useQuery } from "@tanstack/react-query"
import { UserRoundPlusIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { Instant, TimeAgo } from "@/components/time-ago"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import type { AdminRow } from "@/lib/console/settings-types"
import { AdminMenu } from "./admin-menu"
import type { MadeLink } from "./link-dialog"
import { adminsQuery } from "./query"
import { roleWords, stateWords } from "./role-words"

const InviteDialog = onDemand(() => import("./invite-dialog").then((parts) => parts.InviteDialog))
const LinkDialog = onDemand(() => import("./link-dialog").then((parts) => parts.LinkDialog))

export function AdminList({ publicUrl }: { publicUrl: string | null }) {
  const { data: admins, isError, dataUpdatedAt } = useQuery(adminsQuery())
  const [isInviting, setInviting] = useState(false)
  // From elsewhere in the console the question is opened by its address.
  const isAsked = useSearchParams().has("invite")
  const stopInviting = () => {
    setInviting(false)
    if (isAsked) window.history.replaceState(null, "", "/settings/admins")
  }
  const [link, setLink] = useState<MadeLink | null>(null)
  return (
    <Card>
      <CardHeader>
        <CardTitle>People</CardTitle>
        <CardDescription>who sign in to this console</CardDescription>
        <CardAction>
          <Button variant="primary" size="sm" {...InviteDialog.near} onClick={() => setInviting(true)}>
            <UserRoundPlusIcon aria-hidden />
            Invite
          </Button>
        </CardAction>
      </CardHeader>
      {isError && (
        <Notice tone="warn" live className="mx-4 mt-3 sm:mx-5">
          This list could not be renewed. It is as it was <TimeAgo atMs={dataUpdatedAt} />.
        </Notice>
      )}
      <ul aria-label="People" className="mt-3 divide-y divide-line-soft border-t border-line-soft">
        {admins?.map((admin) => (
          <AdminItem key={admin.adminId} admin={admin} onLink={setLink} />
        ))}
      </ul>
      <InviteDialog isOpen={isInviting || isAsked} onClose={stopInviting} onLink={setLink} />
      <LinkDialog isOpen={link !== null} link={link} publicUrl={publicUrl} onClose={() => setLink(null)} />
    </Card>
  )
}

function AdminItem({ admin, onLink }: { admin: AdminRow; onLink: (link: MadeLink) => void }) {
  const role = roleWords[admin.role]
  const state = stateWords[admin.state]
  return (
    <li
      id={admin.adminId}
      className="scroll-mt-4 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_14rem_auto] sm:px-5"
    >
      <div className="grid min-w-0 gap-0.5">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-semibold wrap-anywhere">{admin.name}</span>
          <Badge tone={role.tone}>{role.name}</Badge>
          {state && <Badge tone={state.tone}>{state.name}</Badge>}
          {admin.isYou && <span className="text-sm text-ink-3">you</span>}
        </div>
        <span className="text-sm text-ink-2 wrap-anywhere">{admin.email}</span>
      </div>
      <div className="col-start-1 text-sm text-ink-3 sm:col-start-2 sm:text-right">
        <AdminActivity admin={admin} />
      </div>
      <div className="col-start-2 row-start-1 sm:col-start-3">
        <AdminMenu admin={admin} onLink={onLink} />
      </div>
    </li>
  )
}

function AdminActivity({ admin }: { admin: AdminRow }) {
  const { state, link, lastSignInMs, sessions } = admin
  return (
    <>
      {link !== null && (
        <p>
          {link.purpose === "invite" ? "invitation" : "reset link"} until <Instant atMs={link.expiresAtMs} />
        </p>
      )}
      {link === null && state === "invited" && <p>the invitation has run out</p>}
      {lastSignInMs !== null && (
        <p>
          signed in <TimeAgo atMs={lastSignInMs} />
        </p>
      )}
      {lastSignInMs === null && state !== "invited" && <p>never signed in</p>}
      {sessions > 0 && <p>{sessions === 1 ? "1 open session" : `${sessions} open sessions`}</p>}
    </>
  )
}
