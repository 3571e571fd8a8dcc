"use client"

import { useState } from "react"
import { DeviceName } from "@/components/device-name"
import { formatDuration } from "@/components/format-time"
import { NoteField, noteOf } from "@/components/note-field"
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
import type { DeviceView, RoleView } from "@/lib/console/device-types"
import { uncovered, union } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"
import { rotateTokenAction } from "../actions"
import { BeforeAfter } from "./before-after"
import { CommandProblem } from "./command-problem"
import { LockoutWarning } from "./lockout"
import { type Mode, ModeChoice } from "./mode-choice"
import { RightsChanged } from "./rights-changed"
import { ScopePicker, scopesWithin } from "./scope-picker"
import { useCommand } from "./use-command"

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
  return (
    <ShownRights
      key={shown.revision}
      device={device}
      shown={shown}
      showPresent={shown.revision === revision ? null : () => setShown({ revision, role })}
      {...more}
    />
  )
}

function ShownRights({
  device,
  shown: { revision, role },
  showPresent,
  graceMs,
  onClose,
}: Omit<Choosing, "role"> & {
  device: DeviceView
  shown: { revision: number; role: RoleView }
  showPresent: (() => void) | null
}) {
  const { deviceId } = device
  const now = role.token?.scopes ?? []
  const options = union(scopesWithin(role.ceiling), now)
  const [chosen, setChosen] = useState<Scopes>(now)
  const [mode, setMode] = useState<Mode>("on-pickup")
  const [note, setNote] = useState("")
  const [isConfirmed, setConfirmed] = useState(false)
  const { run, isRunning, problem, losses } = useCommand(rotateTokenAction, onClose)
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        run({
          ...{ deviceId, role: role.role, scopes: [...chosen], mode },
          ...{ shownRevision: revision, note: noteOf(note), confirmedLockout: isConfirmed },
        })
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
      <BeforeAfter what="Token" before={now} after={chosen} />
      <section aria-label="What will happen" className="grid gap-2 rounded-lg border border-line bg-ground p-3.5">
        <h3 className="text-sm font-semibold">What will happen</h3>
        <WhatWillHappen role={role} chosen={chosen} mode={mode} graceMs={graceMs} />
      </section>
      <NoteField value={note} onChange={setNote} />
      <LockoutWarning device={device} leaves={{ role: role.role, scopes: chosen }} />
      <RightsChanged showPresent={isRunning ? null : showPresent} />
      <CommandProblem {...{ problem, losses, isConfirmed, setConfirmed }} />
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          disabled={isRunning || showPresent !== null || (losses !== null && !isConfirmed)}
        >
          {mode === "at-once" ? "Rotate at once" : "Rotate on pickup"}
          {losses !== null && " all the same"}
        </Button>
      </DialogFooter>
    </form>
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
