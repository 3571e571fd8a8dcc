"use client"

import { useId, useState } from "react"
import { PasswordInput } from "@/components/password-input"
import { Countdown } from "@/components/time-ago"
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
import { useCommand } from "@/components/use-command"

type Answer =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly because: "wrong-password" | "set-by-environment" }
  | { readonly ok: false; readonly because: "throttled"; readonly retryAtMs: number }

type Refused = Extract<Answer, { ok: false }>

/** Asks for the reader's own password before something that a session alone may not do. */
export function PasswordDialog({
  isOpen,
  title,
  children,
  action,
  isDangerous = false,
  ask,
  onSecret,
  onClose,
}: {
  isOpen: boolean
  title: string
  children: React.ReactNode
  action: string
  isDangerous?: boolean
  ask: (password: string) => Promise<Answer>
  onSecret: (secret: string) => void
  onClose: () => void
}) {
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{children}</DialogDescription>
        </DialogHeader>
        <PasswordForm action={action} isDangerous={isDangerous} ask={ask} onSecret={onSecret} />
      </DialogContent>
    </Dialog>
  )
}

function PasswordForm({
  action,
  isDangerous,
  ask,
  onSecret,
}: {
  action: string
  isDangerous: boolean
  ask: (password: string) => Promise<Answer>
  onSecret: (secret: string) => void
}) {
  const [isBusy, run] = useCommand()
  const [password, setPassword] = useState("")
  const [refused, setRefused] = useState<Refused | null>(null)
  const id = useId()
  const confirm = () =>
    run(async () => {
      const answer = await ask(password)
      if (answer.ok) return onSecret(answer.secret)
      setRefused(answer)
      setPassword("")
    })
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      <Field>
        <Label htmlFor={id}>Your password</Label>
        <PasswordInput
          id={id}
          value={password}
          required
          autoComplete="current-password"
          onChange={(event) => setPassword(event.target.value)}
          {...(refused !== null && { "aria-invalid": true, "aria-describedby": `${id}-refused` })}
        />
        {refused !== null && (
          <FieldError id={`${id}-refused`}>
            <RefusalWords refused={refused} />
          </FieldError>
        )}
      </Field>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant={isDangerous ? "danger-primary" : "primary"} disabled={isBusy}>
          {action}
        </Button>
      </DialogFooter>
    </form>
  )
}

function RefusalWords({ refused }: { refused: Refused }) {
  switch (refused.because) {
    case "wrong-password":
      return "That is not your password."
    case "set-by-environment":
      return "It is set in the environment of the server and can only be replaced there."
    case "throttled":
      return (
        <>
          Too many wrong passwords. Try again in <Countdown untilMs={refused.retryAtMs} />.
        </>
      )
  }
}
