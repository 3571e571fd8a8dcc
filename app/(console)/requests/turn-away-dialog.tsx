"use client"

import { useState } from "react"
import { NoteField, ToldField } from "@/components/note-field"
import { Question } from "@/components/question"
import { Whom } from "@/components/whom"
import type { RequestView } from "@/lib/console/request-types"
import { heldInWords } from "./held-in-words"
import { RequestName } from "./request-name"

/** What is said with it: to the device, and for the record alone. */
export type Said = { readonly toldReason: string; readonly note: string }

const words = {
  reject: {
    title: "Reject this request?",
    about: null,
    confirm: "Reject",
  },
  block: {
    title: "Block this key?",
    about:
      "Whatever it asks is refused from now on, its requests end and its connections are closed. Its rights stay on record, so that unblocking it brings them back.",
    confirm: "Block the key",
  },
} as const

type Asked = {
  isOpen: boolean
  how: keyof typeof words
  request: RequestView
  /** How long a rejection would hold. */
  rejectHoldMs: number
  /** What was noted already. */
  note: string
  onClose: () => void
  onConfirm: (said: Said) => void
}

/** The question before a device is turned away, with what it is told of why. Each time it begins anew. */
export function TurnAwayDialog(asked: Asked) {
  return <Turning key={`${asked.how} ${asked.isOpen}`} {...asked} />
}

function Turning({ isOpen, how, request, rejectHoldMs, note: noted, onClose, onConfirm }: Asked) {
  const [toldReason, setToldReason] = useState("")
  const [note, setNote] = useState(noted)
  const { title, about, confirm } = words[how]
  return (
    <Question
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      description={about ?? heldInWords(rejectHoldMs, "this key")}
      confirm={confirm}
      onConfirm={() => onConfirm({ toldReason: toldReason.trim(), note: note.trim() })}
    >
      <Whom deviceId={request.deviceId}>
        <RequestName label={request.label} displayName={request.displayName} />
      </Whom>
      <ToldField value={toldReason} onChange={setToldReason} />
      <NoteField value={note} onChange={setNote} />
    </Question>
  )
}
