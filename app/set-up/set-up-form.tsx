"use client"

import { KeyRoundIcon } from "lucide-react"
import { useActionState, useEffect, useId } from "react"
import { DoorTitle } from "@/components/door"
import { NewPasswordField } from "@/components/new-password-field"
import { Button } from "@/components/ui/button"
import { Field, FieldDescription, FieldError, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { type LinkState, type SetUpState, setUpAction } from "./actions"

const empty: SetUpState = { name: "", email: "", mistakes: {}, dead: null }

export function SetUpForm({ secret, onDead }: { secret: string; onDead: (state: LinkState) => void }) {
  const [state, action, isPending] = useActionState<SetUpState, FormData>(setUpAction, empty)
  const id = useId()
  const { mistakes, dead } = state

  useEffect(() => {
    if (dead !== null) onDead(dead)
  }, [dead, onDead])

  return (
    <>
      <DoorTitle title="Set up Gatehouse">
        You become the first owner: you decide which devices come in, and who else may decide.
      </DoorTitle>
      <form action={action} className="grid gap-4">
        <input type="hidden" name="secret" value={secret} />
        <Field>
          <Label htmlFor={`${id}-name`}>Your name</Label>
          <Input
            id={`${id}-name`}
            name="name"
            autoComplete="name"
            required
            maxLength={80}
            defaultValue={state.name}
            autoFocus
            {...(mistakes.name && { "aria-invalid": true, "aria-describedby": `${id}-name-mistake` })}
          />
          {mistakes.name && <FieldError id={`${id}-name-mistake`}>{mistakes.name}</FieldError>}
        </Field>
        <Field>
          <Label htmlFor={`${id}-email`}>E-mail address</Label>
          <Input
            id={`${id}-email`}
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={state.email}
            aria-describedby={mistakes.email ? `${id}-email-mistake` : `${id}-email-use`}
            {...(mistakes.email && { "aria-invalid": true })}
          />
          {mistakes.email ? (
            <FieldError id={`${id}-email-mistake`}>{mistakes.email}</FieldError>
          ) : (
            <FieldDescription id={`${id}-email-use`}>
              What you sign in with. Nothing is ever sent to it.
            </FieldDescription>
          )}
        </Field>
        <NewPasswordField label="Password" mistake={mistakes.password} />
        <Button type="submit" variant="primary" className="mt-1 w-full" disabled={isPending}>
          <KeyRoundIcon aria-hidden />
          {isPending ? "Making you the owner …" : "Become the owner"}
        </Button>
      </form>
    </>
  )
}
