"use client"

import { useRouter } from "next/navigation"
import { useState } from "react"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { Field, FieldDescription, Label } from "@/components/ui/field"
import { Textarea } from "@/components/ui/textarea"
import { useCommand } from "@/components/use-command"
import type { SettingKey, SettingsNow } from "@/lib/console/settings-types"
import { changeSettingsAction } from "./actions"
import { SaveBar } from "./save-bar"
import { SettingRow } from "./setting-row"
import { settingGroups } from "./setting-words"

type Draft = Readonly<Partial<Record<SettingKey, string>>>

/** All limits on one page; what differs from what is in force is saved together. */
export function SettingsForm({ now }: { now: SettingsNow }) {
  const router = useRouter()
  const [isBusy, run] = useCommand()
  const [draft, setDraft] = useState<Draft>({})
  const [mistakes, setMistakes] = useState<readonly string[]>([])
  const { settings, defaults } = now

  const set = (key: SettingKey, text: string) => {
    setMistakes(mistakes.filter((each) => each !== key))
    setDraft(({ [key]: _before, ...rest }) => (text === String(settings[key]) ? rest : { ...rest, [key]: text }))
  }
  const save = () =>
    run(async () => {
      const result = await changeSettingsAction(draft)
      if (!result.ok && result.because === "mistakes") {
        setMistakes(result.keys)
        return document.getElementById(result.keys[0] ?? "")?.focus()
      }
      setDraft({})
      showToast("ok", result.ok ? "The settings hold from now on." : "These settings were already in force.")
      router.refresh()
    })
  const changes = Object.keys(draft).length

  return (
    <form
      className="grid gap-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {settingGroups.map(({ title, keys }) => (
        <Card key={title}>
          <CardHeader className="pb-3">
            <CardTitle>{title}</CardTitle>
          </CardHeader>
          <div className="border-t border-line-soft">
            {keys.map((key) => (
              <SettingRow
                key={key}
                setting={key}
                text={draft[key] ?? String(settings[key])}
                usual={defaults[key]}
                isChanged={key in draft}
                isWrong={mistakes.includes(key)}
                onChange={(text) => set(key, text)}
              />
            ))}
          </div>
        </Card>
      ))}
      <Card>
        <CardHeader>
          <CardTitle>Sign-in page</CardTitle>
        </CardHeader>
        <CardContent>
          <Field>
            <Label htmlFor="signInNotice">A line for everybody who sees it</Label>
            <Textarea
              id="signInNotice"
              rows={2}
              maxLength={280}
              aria-describedby="signInNotice-about"
              value={draft.signInNotice ?? settings.signInNotice}
              onChange={(event) => set("signInNotice", event.target.value)}
            />
            <FieldDescription id="signInNotice-about">
              Whom to ask for an account, for instance. Strangers read it too. Empty for the usual line.
            </FieldDescription>
          </Field>
        </CardContent>
      </Card>
      <SaveBar changes={changes} mistakes={mistakes.length} changed={now.changed}>
        <Button disabled={changes === 0 || isBusy} onClick={() => setDraft({})}>
          Discard
        </Button>
        <Button type="submit" variant="primary" disabled={changes === 0 || isBusy}>
          {isBusy ? "Saving …" : "Save"}
        </Button>
      </SaveBar>
    </form>
  )
}
