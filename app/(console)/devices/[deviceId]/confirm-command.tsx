"use client"

import { useId, useState } from "react"
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
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Notice } from "@/components/ui/notice"
import type { Refused } from "@/lib/pairing/types"
import { LockoutQuestion } from "./lockout"
import { useCommand } from "./use-command"

const longestNote = 500

/** A question before a command that cuts something off, with a note for the record. */
export function ConfirmCommand({
  isOpen,
  onOpenChange,
  title,
  confirm,
  isDangerous = true,
  takesNote = true,
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
  command: (said: { note: string | null; confirmedLockout: boolean }) => Promise<{ readonly ok: true } | Refused>
  onDone?: () => void
  children: React.ReactNode
}) {
  const id = useId()
  const [note, setNote] = useState("")
  const [isConfirmed, setConfirmed] = useState(false)
  const { run, clear, isRunning, problem, losses } = useCommand(command, () => {
    close()
    onDone?.()
  })
  const close = () => {
    onOpenChange(false)
    setNote("")
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
            run({ note: note.trim() === "" ? null : note.trim(), confirmedLockout: isConfirmed })
          }}
        >
          {takesNote && (
            <Field>
              <Label htmlFor={id}>Note for the record (optional)</Label>
              <Input
                id={id}
                value={note}
                maxLength={longestNote}
                autoComplete="off"
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            </Field>
          )}
          {problem !== null && (
            <Notice tone="danger" live>
              {problem}
            </Notice>
          )}
          <LockoutQuestion losses={losses} isConfirmed={isConfirmed} onConfirm={setConfirmed} />
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
