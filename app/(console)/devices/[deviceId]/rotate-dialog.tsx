"use client"

import { ArrowRightIcon } from "lucide-react"
import { useId, useState } from "react"
import { DeviceName } from "@/components/device-name"
import { formatDuration } from "@/components/format-time"
import { ScopeNames } from "@/components/scope-name"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { FieldLegend, FieldSet } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group"
import type { DeviceView, RoleView } from "@/lib/console/device-types"
import { uncovered, union } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"
import { rotateTokenAction } from "../actions"
import { ScopeChips } from "../scope-chips"
import { ScopePicker, scopesWithin } from "./scope-picker"
import { useCommand } from "./use-command"

type Mode = "on-pickup" | "at-once"

export function RotateDialog({
  device,
  role,
  graceMs,
  isOpen,
  onOpenChange,
}: {
  device: DeviceView
  role: RoleView
  graceMs: number
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent className="sm:max-w-2xl">
        <DialogHeader>
          <DialogTitle>
            Rotate the {role.role} token of <DeviceName name={device.name} max={40} />
          </DialogTitle>
          <DialogDescription>
            The token is replaced. What is approved for the device stays as it is, whichever scopes the new token gets.
          </DialogDescription>
        </DialogHeader>
        <RotateForm device={device} role={role} graceMs={graceMs} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

type Choosing = { role: RoleView; graceMs: number; onClose: () => void }

/** Chooses among the rights that were shown: when they change meanwhile, nothing is rotated until they are looked at. */
function RotateForm({ device, role, ...more }: Choosing & { device: DeviceView }) {
  const revision = device.paired?.revision ?? 0
  const [shown, setShown] = useState({ revision, role })
  const { deviceId } = device
  return (
    <ShownRights
      key={shown.revision}
      shown={{ deviceId, ...shown }}
      showPresent={shown.revision === revision ? null : () => setShown({ revision, role })}
      {...more}
    />
  )
}

function ShownRights({
  shown,
  showPresent,
  graceMs,
  onClose,
}: Omit<Choosing, "role"> & {
  shown: { deviceId: string; revision: number; role: RoleView }
  showPresent: (() => void) | null
}) {
  const { deviceId, revision, role } = shown
  const now = role.token?.scopes ?? []
  const options = union(scopesWithin(role.ceiling), now)
  const [chosen, setChosen] = useState<Scopes>(now)
  const [mode, setMode] = useState<Mode>("on-pickup")
  const { run, isRunning, problem } = useCommand(rotateTokenAction, onClose)
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        run({ deviceId, role: role.role, scopes: [...chosen], mode, shownRevision: revision })
      }}
    >
      {options.length > 0 && (
        <ScopePicker
          legend="Scopes of the new token"
          options={options}
          chosen={chosen}
          onChange={setChosen}
          noteOf={(scope) => (now.includes(scope) ? "in token now" : null)}
        />
      )}
      <ModeChoice mode={mode} onChange={setMode} />
      <BeforeAfter before={now} after={chosen} />
      <section aria-label="What will happen" className="grid gap-2 rounded-lg border border-line bg-ground p-3.5">
        <h3 className="text-sm font-semibold">What will happen</h3>
        <WhatWillHappen role={role} chosen={chosen} mode={mode} graceMs={graceMs} />
      </section>
      {showPresent !== null && !isRunning && (
        <Notice tone="warn" live>
          <p>What this device may do changed since it was shown to you.</p>
          <Button size="sm" className="mt-2" onClick={showPresent}>
            Show the present state
          </Button>
        </Notice>
      )}
      {problem !== null && (
        <Notice tone="danger" live>
          {problem}
        </Notice>
      )}
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isRunning || showPresent !== null}>
          {mode === "at-once" ? "Rotate at once" : "Rotate on pickup"}
        </Button>
      </DialogFooter>
    </form>
  )
}

const modes: readonly { readonly mode: Mode; readonly title: string; readonly when: string }[] = [
  {
    mode: "on-pickup",
    title: "On pickup",
    when: "The ordinary choice. The device is handed the new token when it next connects.",
  },
  { mode: "at-once", title: "At once", when: "When somebody else may know the token. It is dead immediately." },
]

function ModeChoice({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  const id = useId()
  return (
    <FieldSet>
      <FieldLegend>When the old token ends</FieldLegend>
      <RadioGroup
        value={mode}
        aria-label="When the old token ends"
        onValueChange={(value) => onChange(value === "at-once" ? "at-once" : "on-pickup")}
        className="sm:grid-cols-2"
      >
        {modes.map((choice) => (
          <label
            key={choice.mode}
            htmlFor={`${id}${choice.mode}`}
            className="flex cursor-pointer gap-2.5 rounded-lg border border-line p-3 has-data-[state=checked]:border-accent has-data-[state=checked]:bg-accent-soft/40"
          >
            <RadioGroupItem id={`${id}${choice.mode}`} value={choice.mode} />
            <span className="grid content-start gap-0.5">
              <span className="font-medium">{choice.title}</span>
              <span className="text-sm text-ink-2">{choice.when}</span>
            </span>
          </label>
        ))}
      </RadioGroup>
    </FieldSet>
  )
}

function BeforeAfter({ before, after }: { before: Scopes; after: Scopes }) {
  return (
    <div className="grid items-center gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
      <div className="grid gap-1">
        <p className="text-sm text-ink-3">Token now</p>
        <ScopeChips scopes={before} look="current" max={12} />
      </div>
      <ArrowRightIcon aria-hidden className="size-4 text-ink-3 max-sm:rotate-90" />
      <div className="grid gap-1">
        <p className="text-sm text-ink-3">New token</p>
        <ScopeChips scopes={after} look="current" max={12} />
      </div>
    </div>
  )
}

function WhatWillHappen({
  role,
  chosen,
  mode,
  graceMs,
}: {
  role: RoleView
  chosen: Scopes
  mode: Mode
  graceMs: number
}) {
  const lost = uncovered(chosen, role.token?.scopes ?? [])
  const gained = uncovered(role.token?.scopes ?? [], chosen)
  return (
    <ul className="grid list-disc gap-1.5 pl-4.5 text-sm text-ink-2">
      {mode === "at-once" ? (
        <li>
          The old token is dead when this is done. A device that knows the shared token gets the new one when it
          connects with that; one that has only its own token cannot come back by itself.
        </li>
      ) : (
        <li>
          Until the device first uses the new token, for {formatDuration(graceMs)} at most, its old one still lets it in
          within the new scopes, and hands it the new one. Nobody has to do anything on the device.
        </li>
      )}
      <li>Its live connections in this role are closed now; clients connect again by themselves.</li>
      {lost.length > 0 && (
        <li>
          It loses <ScopeNames scopes={lost} /> on connects with this token. Asking for more than the token holds is no
          error: it gets the rest. With the shared token it may still use everything approved; to take something away
          for good, lower what is approved.
        </li>
      )}
      {gained.length > 0 && (
        <li>
          It gets <ScopeNames scopes={gained} />, which was approved before.
        </li>
      )}
    </ul>
  )
}
