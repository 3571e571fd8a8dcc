"use client"

import { useQueryClient } from "@tanstack/react-query"
import { Question } from "@/components/question"
import { showToast } from "@/components/toast"
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
    <Question
      isOpen={isOpen}
      onClose={onClose}
      title={admin.isYou ? "Sign yourself out everywhere?" : `Sign ${admin.name} out everywhere?`}
      confirm="End the sessions"
      isBusy={isBusy}
      onConfirm={end}
      description={
        admin.isYou
          ? "You will have to sign in again, here too."
          : "The password stays good, so they can sign in again."
      }
    />
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
    <Question
      isOpen={isOpen}
      onClose={onClose}
      title={admin.isYou ? "Disable your own account?" : `Disable ${admin.name}?`}
      confirm="Disable"
      isBusy={isBusy}
      onConfirm={disable}
      description="Open sessions end at once and links die. What was done under this name stays on record, and an owner can enable the account again."
    />
  )
}
