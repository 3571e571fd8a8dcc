"use client"

import { LogInIcon } from "lucide-react"
import { useActionState, useId } from "react"
import { useClock } from "@/components/clock"
import { PasswordInput } from "@/components/password-input"
import { Countdown } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import { type SignInState, signInAction } from "./actions"

export function SignInForm({ next }: { next: string }) {
  const [state, action, isPending] = useActionState<SignInState, FormData>(signInAction, { email: "", result: null })
  const id = useId()
  const { result } = state
  const retryAtMs = result?.because === "throttled" ? result.retryAtMs : 0
  const mustWait = useClock(({ nowMs }) => nowMs < retryAtMs)
  const isWrong = result?.because === "wrong-credentials"
  return (
    <form action={action} className="grid gap-4">
      <input type="hidden" name="next" value={next} />
      {isWrong && !isPending && (
        <Notice tone="danger" live id={`${id}-wrong`}>
          This address and password do not go together.
        </Notice>
      )}
      {mustWait && (
        <Notice tone="warn" live>
          Too many attempts. The next one counts in <Countdown untilMs={retryAtMs} className="font-semibold" />; until
          then even the right password is refused.
        </Notice>
      )}
      <Field>
        <Label htmlFor={`${id}-email`}>E-mail address</Label>
        <Input
          id={`${id}-email`}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={state.email}
          required
          autoFocus={state.email === ""}
          {...(isWrong && { "aria-invalid": true, "aria-describedby": `${id}-wrong` })}
        />
      </Field>
      <Field>
        <Label htmlFor={`${id}-password`}>Password</Label>
        <PasswordInput
          id={`${id}-password`}
          name="password"
          autoComplete="current-password"
          required
          {...(isWrong && { "aria-invalid": true, "aria-describedby": `${id}-wrong` })}
        />
      </Field>
      <Button type="submit" variant="primary" className="mt-1 w-full" disabled={isPending || mustWait}>
        <LogInIcon aria-hidden />
        {isPending ? "Signing in …" : "Sign in"}
      </Button>
    </form>
  )
}
