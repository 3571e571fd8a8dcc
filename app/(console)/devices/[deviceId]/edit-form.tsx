"use client"

import { useState } from "react"
import { forGood, GrantLengthField, useGrantTime } from "@/components/grant-length-field"
import { NoteField, noteOf } from "@/components/note-field"
import { Button } from "@/components/ui/button"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import type { DeviceView, RoleView } from "@/lib/console/device-types"
import type { GrantLength } from "@/lib/pairing/grant-length"
import { areValidScopes, covers } from "@/lib/pairing/scopes"
import type { Role, Scopes } from "@/lib/pairing/types"
import { editScopesAction } from "../actions"
import { CommandProblem } from "./command-problem"
import { editLabel, effectOf, hasLiveToken, optionsOf, startOf, tickApproved } from "./edit-choice"
import type { EditStart } from "./edit-dialog"
import { EditFoot } from "./edit-foot"
import { EditPreview } from "./edit-preview"
import { EditTable } from "./edit-table"
import { GiveQuestion } from "./give-question"
import { LockoutWarning } from "./lockout"
import { type Mode, ModeChoice } from "./mode-choice"
import { RightsChanged } from "./rights-changed"
import { useCommand } from "./use-command"

export function EditForm({
  device,
  shown: { revision, role, start },
  showPresent,
  onClose,
}: {
  device: DeviceView
  shown: { revision: number; role: RoleView; start: EditStart }
  /** Shows what holds now; null while that is what is shown. */
  showPresent: (() => void) | null
  onClose: () => void
}) {
  const [choice, setChoice] = useState(() => startOf(role, start.lowerTo))
  const [extra, setExtra] = useState<Scopes>([])
  const [mode, setMode] = useState<Mode>("on-pickup")
  const [length, setLength] = useState<GrantLength | null>(forGood)
  const [note, setNote] = useState("")
  const [isAsking, setAsking] = useState(false)
  const [isConfirmed, setConfirmed] = useState(false)
  const { run, isRunning, problem, losses } = useCommand(editScopesAction, onClose)
  const effect = effectOf(role, choice)
  const label = `${editLabel(effect, choice.release)}${losses === null ? "" : " all the same"}`
  const isGiving = effect.dangerous.length > 0
  const isMore = effect.plan.given.length > 0
  const time = useGrantTime(isMore ? length : forGood)
  const save = () =>
    run({
      ...{ deviceId: device.deviceId, role: role.role, approved: [...choice.approved], release: [...choice.release] },
      token: hasLiveToken(role) ? choice.token.filter((scope) => covers(effect.plan.after, [scope])) : null,
      ...{
        mode,
        length: (isMore ? length : null) ?? forGood,
        shownRevision: revision,
        note: noteOf(note),
        confirmedLockout: isConfirmed,
      },
    })
  const options = optionsOf(role, extra)
  const sessions = device.sessions.filter((session) => session.role === role.role)
  return (
    <form
      // What the focus comes to stops above the foot.
      className="grid gap-5 [&_button]:scroll-mb-48 [&_input]:scroll-mb-48"
      onSubmit={(event) => {
        event.preventDefault()
        if (isGiving) setAsking(true)
        else save()
      }}
    >
      {options.length === 0 ? (
        <p className="text-ink-2">
          As {role.role} it has no scopes, and needs none to connect: the role itself is what was approved. A scope that
          it should have can be added below.
        </p>
      ) : (
        <EditTable role={role} options={options} choice={choice} onChange={setChoice} />
      )}
      {role.token?.standing !== "revoked" && (
        <AnotherScope
          role={role.role}
          onAdd={(scope) => {
            setExtra([...extra, scope])
            setChoice(tickApproved(choice, scope, true))
          }}
        />
      )}
      {isMore && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="font-medium">What you approve lasts</span>
          <GrantLengthField length={length} setLength={setLength} disabled={isRunning} />
        </div>
      )}
      {effect.isRotated && <ModeChoice mode={mode} onChange={setMode} />}
      <EditPreview
        {...{ role, effect, time, mode, sessions, release: choice.release, graceMs: device.paired?.graceMs ?? 0 }}
      />
      <NoteField value={note} onChange={setNote} />
      {effect.token !== null && (
        <LockoutWarning device={device} leaves={{ role: role.role, scopes: effect.token.after }} />
      )}
      <RightsChanged showPresent={isRunning ? null : showPresent} />
      <CommandProblem {...{ problem, losses, isConfirmed, setConfirmed }} />
      <EditFoot role={role} effect={effect} sessions={sessions.length}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant={effect.plan.taken.length > 0 || losses !== null ? "danger-primary" : "primary"}
          aria-haspopup={isGiving ? "dialog" : undefined}
          disabled={
            isRunning ||
            showPresent !== null ||
            effect.isNothing ||
            (isMore && length === null) ||
            (losses !== null && !isConfirmed)
          }
        >
          {label}
        </Button>
      </EditFoot>
      <GiveQuestion
        {...{ device, label, time, scopes: effect.dangerous, isOpen: isAsking, setOpen: setAsking, give: save }}
      />
    </form>
  )
}

/** A scope that this release has no words for: what is asked tomorrow can be given today. */
function AnotherScope({ role, onAdd }: { role: Role; onAdd: (scope: string) => void }) {
  const [text, setText] = useState("")
  const scope = text.trim()
  const isValid = areValidScopes([scope], role)
  const add = () => {
    if (!isValid) return
    onAdd(scope)
    setText("")
  }
  return (
    <Field>
      <Label htmlFor="another-scope">Another scope</Label>
      <div className="flex gap-2">
        <Input
          id="another-scope"
          value={text}
          placeholder={`${role}.`}
          maxLength={128}
          autoComplete="off"
          className="font-mono"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return
            event.preventDefault()
            add()
          }}
        />
        <Button disabled={!isValid} onClick={add}>
          Add
        </Button>
      </div>
    </Field>
  )
}
