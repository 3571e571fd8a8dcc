"use client"

import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { Field, FieldDescription, Label } from "@/components/ui/field"
import { Textarea } from "@/components/ui/textarea"
import { useCommand } from "@/components/use-command"
import type { SettingKey, SettingsNow } from "@/lib/console/settings-types"
import { limitsQuery } from "../query"
import { changeSettingsAction } from "./actions"
import { SaveBar } from "./save-bar"
import { SettingRow } from "./setting-row"
import { settingGroups } from "./setting-words"

const allKeys: readonly SettingKey[] = [...settingGroups.flatMap(({ keys }) => keys), "signInNotice"]

type Draft = Readonly<Partial<Record<SettingKey, string>>>

/** All limits on one page; what differs from what is in force is saved together, and what others save shows at once. */
export function SettingsForm({ now }: { now: SettingsNow }) {
  const queries = useQueryClient()
  const [isBusy, run] = useCommand()
  const [typed, setDraft] = useState<Draft>({})
  const [mistakes, setMistakes] = useState<readonly string[]>([])
  const { settings, defaults } = now
  // What others saved meanwhile in the same way is no change any more.
  const differs = (key: SettingKey) => typed[key] !== undefined && typed[key] !== String(settings[key])
  const draft: Draft = Object.fromEntries(allKeys.filter(differs).map((key) => [key, typed[key] ?? ""]))

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
      showToast("ok", result.ok ? "The settings hold from now on." : "These settings were already in force.")
      await queries.invalidateQueries({ queryKey: limitsQuery().queryKey })
      setDraft({})
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
      <SaveBar isTyped={changes > 0} changes={changes} mistakes={mistakes.length} changed={now.changed}>
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
