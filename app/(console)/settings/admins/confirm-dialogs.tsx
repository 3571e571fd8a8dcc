"use client"

import { useQueryClient } from "@tanstack/react-query"
import { showToast } from "@/components/toast"
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog"
import { Button } from "@/components/ui/button"
import { useCommand } from "@/components/use-command"
import type { AdminRow } from "@/lib/console/settings-types"
import { disableAdminAction, endAdminSessionsAction } from "./actions"
import { adminsQuery } from "./query"
import { refusalWords } from "./refusal-words"

type Props = { readonly admin: AdminRow; readonly isOpen: boolean; readonly onClose: () => void }

export function EndSessionsDialog({ admin, isOpen, onClose }: Props) {
  const queries = useQueryClient()
  const [isBusy, run] = useCommand()
  const end = () =>
    run(async () => {
      const result = await endAdminSessionsAction(admin.adminId)
      showToast(
        result.ok ? "ok" : "danger",
        result.ok ? `${admin.name} is signed out everywhere.` : refusalWords(result.because, admin.name),
      )
      await queries.invalidateQueries({ queryKey: adminsQuery().queryKey })
      onClose()
    })
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={admin.isYou ? "Sign yourself out everywhere?" : `Sign ${admin.name} out everywhere?`}
      action="End the sessions"
      isBusy={isBusy}
      onConfirm={end}
    >
      {admin.isYou
        ? "You will have to sign in again, here too."
        : "The password stays good, so they can sign in again."}
    </Confirm>
  )
}

export function DisableDialog({ admin, isOpen, onClose }: Props) {
  const queries = useQueryClient()
  const [isBusy, run] = useCommand()
  const disable = () =>
    run(async () => {
      const result = await disableAdminAction(admin.adminId)
      showToast(
        result.ok ? "ok" : "danger",
        result.ok ? `${admin.name} is shut out.` : refusalWords(result.because, admin.name),
      )
      await queries.invalidateQueries({ queryKey: adminsQuery().queryKey })
      onClose()
    })
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={admin.isYou ? "Disable your own account?" : `Disable ${admin.name}?`}
      action="Disable"
      isBusy={isBusy}
      onConfirm={disable}
    >
      Open sessions end at once and links die. What was done under this name stays on record, and an owner can enable
      the account again.
    </Confirm>
  )
}

function Confirm({
  isOpen,
  onClose,
  title,
  children,
  action,
  isBusy,
  onConfirm,
}: {
  isOpen: boolean
  onClose: () => void
  title: string
  children: React.ReactNode
  action: string
  isBusy: boolean
  onConfirm: () => void
}) {
  return (
    <AlertDialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription>{children}</AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button variant="danger-primary" disabled={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
