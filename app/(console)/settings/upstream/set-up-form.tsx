"use client"

import { useState } from "react"
import { PasswordInput } from "@/components/password-input"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import {
  Field,
  FieldDescription,
  FieldError,
  FieldGroup,
  FieldLegend,
  FieldRow,
  FieldSet,
  Label,
} from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group"
import { useCommand } from "@/components/use-command"
import type { CheckStep } from "@/lib/console/upstream-types"
import { checkUpstreamAction, switchOnAction } from "./actions"
import { CheckList } from "./check-list"

type Refusal = "not-an-address" | "no-secret" | "check-failed"

const refusalWords: Record<Refusal, string> = {
  "not-an-address": "That is no address of a gateway: it should look like ws://127.0.0.1:18789.",
  "no-secret": "The gateway wants a secret, or everybody on the machine could use it.",
  "check-failed": "It was not switched on: what is marked below has to be put right first.",
}

/** Names a gateway and its secret, looks at it, and switches it on. */
export function SetUpForm({ url: known, onDone }: { url: string; onDone: () => void }) {
  const [isBusy, run] = useCommand()
  const [url, setUrl] = useState(known)
  const [kind, setKind] = useState<"token" | "password">("token")
  const [secret, setSecret] = useState("")
  const [steps, setSteps] = useState<readonly CheckStep[] | null>(null)
  const [refused, setRefused] = useState<Refusal | null>(null)
  const isGood = steps?.every(({ result }) => result === "good" || result === "advice") ?? false

  const changed = () => {
    setSteps(null)
    setRefused(null)
  }
  const check = () =>
    run(async () => {
      const checked = await checkUpstreamAction({ url, kind, secret })
      setRefused(checked.ok ? null : checked.because)
      setSteps(checked.ok ? checked.steps : null)
    })
  const switchOn = () =>
    run(async () => {
      const result = await switchOnAction({ url, kind, secret })
      if (!result.ok) {
        setRefused(result.because)
        return setSteps("steps" in result ? result.steps : null)
      }
      setSecret("")
      showToast("ok", "Devices are served through this gateway from now on.")
      onDone()
    })

  return (
    <form
      className="grid gap-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isGood) switchOn()
        else check()
      }}
    >
      <FieldGroup>
        <Field>
          <Label htmlFor="upstream-url">Address</Label>
          <Input
            id="upstream-url"
            value={url}
            inputMode="url"
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            aria-describedby="upstream-url-about"
            onChange={(event) => {
              setUrl(event.target.value)
              changed()
            }}
          />
          <FieldDescription id="upstream-url-about">
            On this machine, as <code>ws://127.0.0.1:18789</code>.
          </FieldDescription>
        </Field>
        <FieldSet>
          <FieldLegend>Its secret is a</FieldLegend>
          <RadioGroup
            value={kind}
            className="flex gap-5"
            onValueChange={(value) => {
              setKind(value === "password" ? "password" : "token")
              changed()
            }}
          >
            {(["token", "password"] as const).map((each) => (
              <FieldRow key={each}>
                <RadioGroupItem id={`upstream-${each}`} value={each} />
                <Label htmlFor={`upstream-${each}`}>{each}</Label>
              </FieldRow>
            ))}
          </RadioGroup>
        </FieldSet>
        <Field>
          <Label htmlFor="upstream-secret">The {kind}</Label>
          <PasswordInput
            id="upstream-secret"
            value={secret}
            autoComplete="off"
            aria-describedby="upstream-secret-about"
            onChange={(event) => {
              setSecret(event.target.value)
              changed()
            }}
          />
          <FieldDescription id="upstream-secret-about">
            Kept encrypted and never shown again. It must not be the token that devices present here.
          </FieldDescription>
        </Field>
        {refused !== null && <FieldError>{refusalWords[refused]}</FieldError>}
      </FieldGroup>
      {steps !== null && (
        <div className="grid gap-3" role="status">
          <CheckList steps={steps} />
          {isGood && <Notice tone="ok">It passed. Switch it on, and devices are served through it.</Notice>}
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button disabled={isBusy} onClick={check} variant={isGood ? "outline" : "primary"}>
          {isBusy ? "Looking …" : "Check it"}
        </Button>
        {isGood && (
          <Button type="submit" variant="primary" disabled={isBusy}>
            Switch it on
          </Button>
        )}
      </div>
    </form>
  )
}
