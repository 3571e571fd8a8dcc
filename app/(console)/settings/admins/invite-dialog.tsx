"use client"

import { useQueryClient } from "@tanstack/react-query"
import { useId, useState } from "react"
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
import { Field, FieldError, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { useCommand } from "@/components/use-command"
import type { AdminRow } from "@/lib/console/settings-types"
import { type InviteMistakes, inviteAdminAction } from "./actions"
import type { MadeLink } from "./link-dialog"
import { adminsQuery } from "./query"
import { RoleField } from "./role-field"

export function InviteDialog({
  isOpen,
  onClose,
  onLink,
}: {
  isOpen: boolean
  onClose: () => void
  onLink: (link: MadeLink) => void
}) {
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Invite somebody</DialogTitle>
          <DialogDescription>You get a link for them. Nothing is sent by e-mail.</DialogDescription>
        </DialogHeader>
        <InviteForm
          onMade={(link) => {
            onClose()
            onLink(link)
          }}
        />
      </DialogContent>
    </Dialog>
  )
}

function InviteForm({ onMade }: { onMade: (link: MadeLink) => void }) {
  const queries = useQueryClient()
  const [isBusy, run] = useCommand()
  const [name, setName] = useState("")
  const [email, setEmail] = useState("")
  const [role, setRole] = useState<AdminRow["role"]>("approver")
  const [mistakes, setMistakes] = useState<InviteMistakes>({})
  const id = useId()

  const invite = () =>
    run(async () => {
      const result = await inviteAdminAction({ name, email, role })
      if (result.ok) {
        await queries.invalidateQueries({ queryKey: adminsQuery().queryKey })
        return onMade({ purpose: result.purpose, name, path: result.path, expiresAtMs: result.expiresAtMs })
      }
      if (result.because === "mistakes") return setMistakes(result.mistakes)
      setMistakes({ email: "Somebody signs in with this address already." })
    })

  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        invite()
      }}
    >
      <Field>
        <Label htmlFor={`${id}-name`}>Name</Label>
        <Input
          id={`${id}-name`}
          value={name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
          {...(mistakes.name && { "aria-invalid": true, "aria-describedby": `${id}-name-mistake` })}
        />
        {mistakes.name && <FieldError id={`${id}-name-mistake`}>{mistakes.name}</FieldError>}
      </Field>
      <Field>
        <Label htmlFor={`${id}-email`}>E-mail address</Label>
        <Input
          id={`${id}-email`}
          type="email"
          value={email}
          autoComplete="off"
          onChange={(event) => setEmail(event.target.value)}
          {...(mistakes.email && { "aria-invalid": true, "aria-describedby": `${id}-email-mistake` })}
        />
        {mistakes.email && <FieldError id={`${id}-email-mistake`}>{mistakes.email}</FieldError>}
      </Field>
      <RoleField value={role} onChange={setRole} />
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? "Making the link …" : "Make the link"}
        </Button>
      </DialogFooter>
    </form>
  )
}
