"use client"

import { useState } from "react"
import { DeviceName } from "@/components/device-name"
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
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import type { DeviceView, RoleView } from "@/lib/console/device-types"
import { uncovered } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"
import { lowerCeilingAction } from "../actions"
import { ScopePicker, scopesWithin } from "./scope-picker"
import { useCommand } from "./use-command"

type Props = {
  device: DeviceView
  role: RoleView
  /** What is ticked at first; null while the dialog is closed. */
  lowerTo: Scopes | null
  onClose: () => void
}

/** Takes scopes out of what is approved, for good. */
export function LowerDialog({ device, role, lowerTo, onClose }: Props) {
  return (
    <Dialog open={lowerTo !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>
            Lower what is approved for <DeviceName name={device.name} max={40} />
          </DialogTitle>
          <DialogDescription>
            What you untick leaves the approved scopes and the token, and is withheld: nothing brings it back but an
            approval by a person.
          </DialogDescription>
        </DialogHeader>
        {lowerTo !== null && <LowerForm device={device} role={role} lowerTo={lowerTo} onClose={onClose} />}
      </DialogContent>
    </Dialog>
  )
}

function LowerForm({
  device,
  role,
  lowerTo,
  onClose,
}: {
  device: DeviceView
  role: RoleView
  lowerTo: Scopes
  onClose: () => void
}) {
  // Only what the reader touched: what is approved while the dialog is open stays, and shows as staying.
  const [picks, setPicks] = useState<ReadonlyMap<string, boolean>>(() => differing(role.ceiling, lowerTo))
  const [note, setNote] = useState("")
  const { run, isRunning, problem } = useCommand(lowerCeilingAction, onClose)
  const options = scopesWithin(role.ceiling)
  const kept = options.filter((scope) => picks.get(scope) ?? role.ceiling.includes(scope))
  const removed = uncovered(kept, role.ceiling)
  const pick = (chosen: Scopes) => {
    const touched = options.filter((scope) => chosen.includes(scope) !== kept.includes(scope))
    setPicks(new Map([...picks, ...touched.map((scope) => [scope, chosen.includes(scope)] as const)]))
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const keep = kept.filter((scope) => !role.ceiling.includes(scope))
        run({ deviceId: device.deviceId, remove: [...removed], keep, note: note.trim() === "" ? null : note.trim() })
      }}
    >
      <ScopePicker
        legend="Stays approved"
        options={options}
        chosen={kept}
        onChange={pick}
        noteOf={(scope) => (role.ceiling.includes(scope) ? null : "only by inclusion")}
      />
      <p role="status" className="text-ink-2">
        {removed.length === 0 ? (
          "Nothing is taken away yet."
        ) : (
          <>
            Takes away <ScopeNames scopes={removed} max={8} />, and closes live connections that use it.
          </>
        )}
      </p>
      <Field>
        <Label htmlFor="lower-note">Note for the record (optional)</Label>
        <Input
          id="lower-note"
          value={note}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
      {problem !== null && (
        <Notice tone="danger" live>
          {problem}
        </Notice>
      )}
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger-primary" disabled={isRunning || removed.length === 0}>
          Lower
        </Button>
      </DialogFooter>
    </form>
  )
}

/** The ticks that differ from what is approved where a dialog begins with less. */
function differing(ceiling: Scopes, lowerTo: Scopes): ReadonlyMap<string, boolean> {
  const scopes = scopesWithin(ceiling).filter((scope) => lowerTo.includes(scope) !== ceiling.includes(scope))
  return new Map(scopes.map((scope) => [scope, lowerTo.includes(scope)]))
}
