"use client"

import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { useCommand } from "@/components/use-command"
import type { AdminRow } from "@/lib/console/settings-types"
import { changeAdminRoleAction } from "./actions"
import { adminsQuery } from "./query"
import { refusalWords } from "./refusal-words"
import { RoleField } from "./role-field"
import { roleWords } from "./role-words"

export function RoleDialog({ admin, isOpen, onClose }: { admin: AdminRow; isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>What {admin.isYou ? "you" : admin.name} may do</DialogTitle>
          <DialogDescription>It holds from the next click on, in every open session.</DialogDescription>
        </DialogHeader>
        <RoleForm admin={admin} onDone={onClose} />
      </DialogContent>
    </Dialog>
  )
}

function RoleForm({ admin, onDone }: { admin: AdminRow; onDone: () => void }) {
  const queries = useQueryClient()
  const [isBusy, run] = useCommand()
  const [role, setRole] = useState(admin.role)
  const change = () =>
    run(async () => {
      const result = await changeAdminRoleAction({ adminId: admin.adminId, role })
      const said = result.ok
        ? `${admin.name} is ${roleWords[role].name.toLowerCase()} now.`
        : refusalWords(result.because, admin.name)
      showToast(result.ok ? "ok" : "danger", said)
      await queries.invalidateQueries({ queryKey: adminsQuery().queryKey })
      onDone()
    })
  return (
    <>
      <RoleField value={role} onChange={setRole} />
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" disabled={isBusy || role === admin.role} onClick={change}>
          {role === admin.role ? "Choose another role" : `Make ${roleWords[role].name.toLowerCase()}`}
        </Button>
      </DialogFooter>
    </>
  )
}
