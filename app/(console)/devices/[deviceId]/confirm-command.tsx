"use client"

import { useState } from "react"
import { NoteField, noteOf, ToldField } from "@/components/note-field"
import { Question } from "@/components/question"
import type { Refused } from "@/lib/pairing/types"
import { CommandProblem } from "./command-problem"
import { useCommand } from "./use-command"

type Said = { readonly note: string | null; readonly toldReason: string; readonly confirmedLockout: boolean }

/** A question before a command that cuts something off, with a note for the record. */
export function ConfirmCommand({
  isOpen,
  onOpenChange,
  title,
  confirm,
  isDangerous = true,
  takesNote = true,
  isTold = false,
  command,
  onDone,
  children,
}: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: React.ReactNode
  /** The words on the button: the verb of the command. */
  confirm: string
  isDangerous?: boolean
  takesNote?: boolean
  /** Whether the device can be told why. */
  isTold?: boolean
  command: (said: Said) => Promise<{ readonly ok: true } | Refused>
  onDone?: () => void
  children: React.ReactNode
}) {
  const [note, setNote] = useState("")
  const [toldReason, setToldReason] = useState("")
  const [isConfirmed, setConfirmed] = useState(false)
  const { run, clear, isRunning, problem, losses } = useCommand(command, () => {
    close()
    onDone?.()
  })
  const close = () => {
    onOpenChange(false)
    setNote("")
    setToldReason("")
    setConfirmed(false)
    clear()
  }
  return (
    <Question
      isOpen={isOpen}
      onClose={close}
      title={title}
      description={children}
      confirm={losses === null ? confirm : `${confirm} all the same`}
      isDangerous={isDangerous}
      isBusy={isRunning || (losses !== null && !isConfirmed)}
      onConfirm={() => run({ note: noteOf(note), toldReason, confirmedLockout: isConfirmed })}
    >
      {isTold && <ToldField value={toldReason} onChange={setToldReason} />}
      {takesNote && <NoteField value={note} onChange={setNote} />}
      <CommandProblem {...{ problem, losses, isConfirmed, setConfirmed }} />
    </Question>
  )
}
