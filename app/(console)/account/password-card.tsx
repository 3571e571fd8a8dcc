"use client"

import { useQueryClient } from "@tanstack/react-query"
import { useId, useState } from "react"
import { NewPasswordField } from "@/components/new-password-field"
import { PasswordInput } from "@/components/password-input"
import { Countdown } from "@/components/time-ago"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { Field, FieldError, Label } from "@/components/ui/field"
import { useCommand } from "@/components/use-command"
import { changePasswordAction } from "./actions"
import { sessionsQuery } from "./query"

type Refused = Exclude<Awaited<ReturnType<typeof changePasswordAction>>, { ok: true }>

export function PasswordCard() {
  const queries = useQueryClient()
  const [isBusy, run] = useCommand()
  const [refused, setRefused] = useState<Refused | null>(null)
  const id = useId()
  const isCurrentWrong = refused?.because === "wrong-password" || refused?.because === "throttled"

  const change = (form: HTMLFormElement) =>
    run(async () => {
      const typed = new FormData(form)
      const result = await changePasswordAction({
        current: String(typed.get("current")),
        next: String(typed.get("next")),
      })
      setRefused(result.ok ? null : result)
      if (!result.ok) return
      form.reset()
      const others =
        result.ended === 0
          ? ""
          : ` ${result.ended === 1 ? "One other session" : `${result.ended} other sessions`} ended.`
      showToast("ok", `Your password is changed.${others}`)
      await queries.invalidateQueries({ queryKey: sessionsQuery().queryKey })
    })

  return (
    <Card>
      <CardHeader>
        <CardTitle>Password</CardTitle>
        <CardDescription>a new one signs you out everywhere else</CardDescription>
      </CardHeader>
      <CardContent>
        <form
          className="grid max-w-sm gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            change(event.currentTarget)
          }}
        >
          <Field>
            <Label htmlFor={`${id}-current`}>Current password</Label>
            <PasswordInput
              id={`${id}-current`}
              name="current"
              autoComplete="current-password"
              required
              {...(isCurrentWrong && { "aria-invalid": true, "aria-describedby": `${id}-refused` })}
            />
            {isCurrentWrong && (
              <FieldError id={`${id}-refused`}>
                {refused.because === "throttled" ? (
                  <>
                    Too many wrong passwords. Try again in <Countdown untilMs={refused.retryAtMs} />.
                  </>
                ) : (
                  "That is not your password."
                )}
              </FieldError>
            )}
          </Field>
          <NewPasswordField
            label="New password"
            name="next"
            mistake={refused?.because === "mistake" ? refused.mistake : undefined}
          />
          <Button type="submit" variant="primary" className="justify-self-start" disabled={isBusy}>
            {isBusy ? "Changing …" : "Change the password"}
          </Button>
        </form>
      </CardContent>
    </Card>
  )
}
