"use client"

import { useState } from "react"
import { NoteField, ToldField } from "@/components/note-field"
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
import { Whom } from "@/components/whom"
import type { RequestView } from "@/lib/console/request-types"
import { RequestName } from "./request-name"

/** What is said with it: to the device, and for the record alone. */
export type Said = { readonly toldReason: string; readonly note: string }

const words = {
  reject: {
    title: "Reject this request?",
    about: "The same or a narrower ask of this key is refused for a while, without a new request.",
    confirm: "Reject",
  },
  block: {
    title: "Block this key?",
    about:
      "Whatever it asks is refused from now on, its requests end and its connections are closed. Its rights stay on record, so that unblocking it brings them back.",
    confirm: "Block the key",
  },
} as const

/** The question before a device is turned away, with what it is told of why. */
export function TurnAwayDialog({
  isOpen,
  how,
  request,
  note,
  onClose,
  onConfirm,
}: {
  isOpen: boolean
  how: keyof typeof words
  request: RequestView
  /** What was noted already. */
  note: string
  onClose: () => void
  onConfirm: (said: Said) => void
}) {
  const { title, about, confirm } = words[how]
  return (
    <AlertDialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription>{about}</AlertDialogDescription>
        </AlertDialogHeader>
        <Whom deviceId={request.deviceId}>
          <RequestName label={request.label} displayName={request.displayName} />
        </Whom>
        <Reasons key={how} note={note} confirm={confirm} onConfirm={onConfirm} />
      </AlertDialogContent>
    </AlertDialog>
  )
}

function Reasons({
  note: noted,
  confirm,
  onConfirm,
}: {
  note: string
  confirm: string
  onConfirm: (said: Said) => void
}) {
  const [toldReason, setToldReason] = useState("")
  const [note, setNote] = useState(noted)
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        onConfirm({ toldReason: toldReason.trim(), note: note.trim() })
      }}
    >
      <ToldField value={toldReason} onChange={setToldReason} />
      <NoteField value={note} onChange={setNote} />
      <AlertDialogFooter>
        <AlertDialogCancel>Cancel</AlertDialogCancel>
        <Button type="submit" variant="danger-primary">
          {confirm}
        </Button>
      </AlertDialogFooter>
    </form>
  )
}
