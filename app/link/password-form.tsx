"use client"

import { KeyRoundIcon } from "lucide-react"
import { useActionState, useEffect, useId } from "react"
import { DoorTitle } from "@/components/door"
import { NewPasswordField } from "@/components/new-password-field"
import { Button } from "@/components/ui/button"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { type LinkFor, type PasswordState, setPasswordAction } from "./actions"

const empty: PasswordState = { mistake: null, isDead: false }

export function PasswordForm({
  secret,
  link,
  onDead,
}: {
  secret: string
  link: Extract<LinkFor, { ok: true }>
  onDead: () => void
}) {
  const [state, action, isPending] = useActionState<PasswordState, FormData>(setPasswordAction, empty)
  const id = useId()
  const isInvite = link.purpose === "invite"

  useEffect(() => {
    if (state.isDead) onDead()
  }, [state.isDead, onDead])

  return (
    <>
      <DoorTitle title={isInvite ? `Welcome, ${link.name}` : "Choose a new password"}>
        {isInvite ? "Choose a password, and you are in." : "Everything you are signed in on now will be signed out."}
      </DoorTitle>
      <form action={action} className="grid gap-4">
        <input type="hidden" name="secret" value={secret} />
        <Field>
          <Label htmlFor={`${id}-email`}>E-mail address</Label>
          <Input
            id={`${id}-email`}
            type="email"
            autoComplete="username"
            value={link.email}
            readOnly
            className="bg-sunk text-ink-2"
          />
        </Field>
        <NewPasswordField label="New password" mistake={state.mistake ?? undefined} />
        <Button type="submit" variant="primary" className="mt-1 w-full" disabled={isPending}>
          <KeyRoundIcon aria-hidden />
          {isPending ? "Setting the password …" : "Set the password and sign in"}
        </Button>
      </form>
    </>
  )
}
