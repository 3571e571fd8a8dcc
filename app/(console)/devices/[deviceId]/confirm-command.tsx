"use client"

import { useState } from "react"
import { NoteField, noteOf, ToldField } from "@/components/note-field"
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog"
import { Button } from "@/components/ui/button"
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
    <AlertDialog open={isOpen} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription asChild>
            <div className="grid gap-2">{children}</div>
          </AlertDialogDescription>
        </AlertDialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            run({ note: noteOf(note), toldReason, confirmedLockout: isConfirmed })
          }}
        >
          {isTold && <ToldField value={toldReason} onChange={setToldReason} />}
          {takesNote && <NoteField value={note} onChange={setNote} />}
          <CommandProblem {...{ problem, losses, isConfirmed, setConfirmed }} />
          <AlertDialogFooter>
            <AlertDialogCancel>Cancel</AlertDialogCancel>
            <Button
              type="submit"
              variant={isDangerous ? "danger-primary" : "primary"}
              disabled={isRunning || (losses !== null && !isConfirmed)}
            >
              {losses === null ? confirm : `${confirm} all the same`}
            </Button>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  )
}
