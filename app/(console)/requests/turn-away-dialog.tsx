"use client"

import { useId, useState } from "react"
import { Fingerprint } from "@/components/fingerprint"
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
import { Field, FieldDescription, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
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
  how,
  request,
  note,
  onClose,
  onConfirm,
}: {
  /** Null while nothing is asked. */
  how: keyof typeof words | null
  request: RequestView
  /** What was noted already. */
  note: string
  onClose: () => void
  onConfirm: (said: Said) => void
}) {
  const { title, about, confirm } = words[how ?? "reject"]
  return (
    <AlertDialog open={how !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription>{about}</AlertDialogDescription>
        </AlertDialogHeader>
        <div className="grid gap-1 rounded-lg border border-line bg-ground px-4 py-3">
          <strong className="font-semibold wrap-anywhere">
            <RequestName label={request.label} displayName={request.displayName} />
          </strong>
          <Fingerprint deviceId={request.deviceId} className="text-lg text-ink" />
        </div>
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
  const id = useId()
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
      <Field>
        <Label htmlFor={`${id}-told`}>Told to the device (optional)</Label>
        <Input
          id={`${id}-told`}
          aria-describedby={`${id}-about`}
          value={toldReason}
          maxLength={200}
          autoComplete="off"
          placeholder="Ask at the desk first"
          onChange={(event) => setToldReason(event.currentTarget.value)}
        />
        <FieldDescription id={`${id}-about`}>
          Stands in every refusal, for whoever holds the key to read.
        </FieldDescription>
      </Field>
      <Field>
        <Label htmlFor={`${id}-note`}>Note for the record (optional)</Label>
        <Input
          id={`${id}-note`}
          value={note}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
      <AlertDialogFooter>
        <AlertDialogCancel>Cancel</AlertDialogCancel>
        <Button type="submit" variant="danger-primary">
          {confirm}
        </Button>
      </AlertDialogFooter>
    </form>
  )
}
