"use client"

import { useQueryClient } from "@tanstack/react-query"
import {
  EllipsisIcon,
  KeyRoundIcon,
  LogOutIcon,
  UserRoundCheckIcon,
  UserRoundCogIcon,
  UserRoundXIcon,
} from "lucide-react"
import { useState } from "react"
import { onDemand } from "@/components/on-demand"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import { useCommand } from "@/components/use-command"
import type { AdminRow } from "@/lib/console/settings-types"
import { enableAdminAction, makeAdminLinkAction } from "./actions"
import type { MadeLink } from "./link-dialog"
import { adminsQuery } from "./query"
import { refusalWords } from "./refusal-words"

const DisableDialog = onDemand(() => import("./confirm-dialogs").then((parts) => parts.DisableDialog))
const EndSessionsDialog = onDemand(() => import("./confirm-dialogs").then((parts) => parts.EndSessionsDialog))
const RoleDialog = onDemand(() => import("./role-dialog").then((parts) => parts.RoleDialog))

/** What an owner can do with one person. */
export function AdminMenu({ admin, onLink }: { admin: AdminRow; onLink: (link: MadeLink) => void }) {
  const queries = useQueryClient()
  const [isBusy, run] = useCommand()
  const [dialog, setDialog] = useState<"role" | "sessions" | "disable" | null>(null)
  const close = () => setDialog(null)
  const { adminId, name, state } = admin

  const makeLink = () =>
    run(async () => {
      const result = await makeAdminLinkAction(adminId)
      if (!result.ok) return showToast("danger", refusalWords(result.because, name))
      onLink({ purpose: result.purpose, name, path: result.path, expiresAtMs: result.expiresAtMs })
      await queries.invalidateQueries({ queryKey: adminsQuery().queryKey })
    })
  const enable = () =>
    run(async () => {
      const result = await enableAdminAction(adminId)
      showToast(
        result.ok ? "ok" : "danger",
        result.ok ? `${name} can sign in again.` : refusalWords(result.because, name),
      )
      await queries.invalidateQueries({ queryKey: adminsQuery().queryKey })
    })

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" disabled={isBusy}>
            <EllipsisIcon aria-hidden />
            <span className="sr-only">Manage {name}</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem {...RoleDialog.near} onSelect={() => setDialog("role")} disabled={admin.isLastOwner}>
            <UserRoundCogIcon aria-hidden />
            {admin.isLastOwner ? "Change role (the only owner)" : "Change role"}
          </DropdownMenuItem>
          {state !== "disabled" && (
            <DropdownMenuItem onSelect={makeLink}>
              <KeyRoundIcon aria-hidden />
              {state === "invited" ? "New invitation link" : "Reset password by link"}
            </DropdownMenuItem>
          )}
          {admin.sessions > 0 && (
            <DropdownMenuItem {...EndSessionsDialog.near} onSelect={() => setDialog("sessions")}>
              <LogOutIcon aria-hidden />
              End sessions
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          {state === "disabled" ? (
            <DropdownMenuItem onSelect={enable}>
              <UserRoundCheckIcon aria-hidden />
              Enable
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem
              tone="danger"
              {...DisableDialog.near}
              onSelect={() => setDialog("disable")}
              disabled={admin.isLastOwner}
            >
              <UserRoundXIcon aria-hidden />
              {admin.isLastOwner ? "Disable (the only owner)" : "Disable"}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <RoleDialog admin={admin} isOpen={dialog === "role"} onClose={close} />
      <EndSessionsDialog admin={admin} isOpen={dialog === "sessions"} onClose={close} />
      <DisableDialog admin={admin} isOpen={dialog === "disable"} onClose={close} />
    </>
  )
}
