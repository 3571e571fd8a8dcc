"use client"

import { useState } from "react"
import { applyTheme, type Theme, themes } from "@/components/theme"
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group"
import { Switch } from "@/components/ui/switch"
import { useCommand } from "@/components/use-command"
import { setShortcutsAction } from "./actions"

const themeNames: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" }

export function PreferencesCard({ theme: stored, shortcuts }: { theme: Theme; shortcuts: boolean }) {
  const [theme, setTheme] = useState(stored)
  const choose = (name: string) => {
    const chosen = themes.find((each) => each === name) ?? "system"
    setTheme(chosen)
    applyTheme(chosen)
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>Preferences</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-5">
        <fieldset>
          <legend className="mb-2 text-sm font-medium">Theme, in this browser</legend>
          <RadioGroup
            aria-label="Theme"
            value={theme}
            onValueChange={choose}
            className="flex flex-wrap gap-x-6 gap-y-2"
          >
            {themes.map((each) => (
              <div key={each} className="flex items-start gap-2">
                <RadioGroupItem id={`theme-${each}`} value={each} />
                <label htmlFor={`theme-${each}`}>{themeNames[each]}</label>
              </div>
            ))}
          </RadioGroup>
        </fieldset>
        <Shortcuts stored={shortcuts} />
      </CardContent>
    </Card>
  )
}

function Shortcuts({ stored }: { stored: boolean }) {
  const [isBusy, run] = useCommand()
  const [isOn, setOn] = useState(stored)
  const set = (wanted: boolean) =>
    run(async () => {
      await setShortcutsAction(wanted)
      setOn(wanted)
    })
  return (
    <div className="flex items-start gap-3 border-t border-line-soft pt-4">
      <Switch
        id="shortcuts"
        checked={isOn}
        disabled={isBusy}
        onCheckedChange={set}
        aria-describedby="shortcuts-what"
        className="mt-0.5"
      />
      <div className="grid gap-0.5">
        <label htmlFor="shortcuts" className="font-medium">
          Single-key shortcuts
        </label>
        <p id="shortcuts-what" className="max-w-prose text-sm text-ink-3">
          <kbd>J</kbd> and <kbd>K</kbd> move through the requests, <kbd>A</kbd> approves, <kbd>R</kbd> rejects,{" "}
          <kbd>N</kbd> goes to the note, <kbd>T</kbd> to the time, and <kbd>?</kbd> lists them all. <kbd>A</kbd> never
          approves <code>operator.admin</code> or <code>operator.pairing</code>, a new node, a role for a device that is
          paired, or another key in the place of a paired one: each takes the button, and a question after it.
        </p>
      </div>
    </div>
  )
}
