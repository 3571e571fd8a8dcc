"use client"

import { useId, useRef, useState } from "react"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { Field, FieldDescription, FieldError, Label } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Textarea } from "@/components/ui/textarea"
import { useCommand } from "@/components/use-command"
import { policyChanges } from "@/lib/pairing/policy-changes"
import type { Policy } from "@/lib/pairing/types"
import { changePolicyAction } from "./actions"
import { ChangeList } from "./change-list"

type Refusal = Extract<Awaited<ReturnType<typeof changePolicyAction>>, { ok: false }>["because"]

const refusals: Record<Refusal, string> = {
  "already-resolved":
    "Somebody else changed the policy meanwhile. Close this, look at what is in force now, and try again.",
  "invalid-policy": "Something in it cannot be meant. Close this and correct what is marked.",
  "nothing-to-change": "This is what is in force already.",
}

/** What will change, in words, and why: the last step before it is in force. */
export function ReviewDialog({
  isOpen,
  onClose,
  inForce,
  draft,
  version,
}: {
  isOpen: boolean
  onClose: () => void
  inForce: Policy
  draft: Policy
  version: number
}) {
  const [note, setNote] = useState("")
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isSaving, run] = useCommand()
  const [isMissing, setMissing] = useState(false)
  const why = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const opens = policyChanges(inForce, draft).some((change) => change.effect === "opens")

  const save = () =>
    run(async () => {
      const result = await changePolicyAction({ policy: draft, version, note })
      if (!result.ok) return setRefusal(result.because)
      showToast("ok", `Version ${result.version} of the policy is in force`)
      onClose()
    })

  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (open || isSaving) return
        setRefusal(null)
        onClose()
      }}
    >
      <DialogContent>
        <form
          className="grid gap-4"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (note.trim() !== "") return save()
            setMissing(true)
            why.current?.focus()
          }}
        >
          <DialogHeader>
            <DialogTitle>Change the policy</DialogTitle>
            <DialogDescription>
              It counts from the next connect on. Devices that are connected stay, and nothing that was approved is
              taken away.
            </DialogDescription>
          </DialogHeader>
          <ChangeList before={inForce} after={draft} />
          {opens && <Notice tone="warn">This lets in more without a person than before.</Notice>}
          <Field>
            <Label htmlFor={id}>
              Why <span className="font-normal text-ink-3">(required)</span>
            </Label>
            <Textarea
              ref={why}
              id={id}
              value={note}
              onChange={(event) => {
                setNote(event.target.value)
                setMissing(false)
              }}
              required
              maxLength={500}
              aria-invalid={isMissing}
              aria-describedby={isMissing ? `${id}missing ${id}hint` : `${id}hint`}
            />
            {isMissing && (
              <FieldError id={`${id}missing`}>Say in a few words why, then it can be put into force.</FieldError>
            )}
            <FieldDescription id={`${id}hint`}>Stands beside the version and in the audit log.</FieldDescription>
          </Field>
          {refusal !== null && (
            <Notice tone="danger" live>
              {refusals[refusal]}
            </Notice>
          )}
          <DialogFooter>
            <Button onClick={onClose} disabled={isSaving}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" disabled={isSaving}>
              {isSaving ? "Saving" : "Put into force"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
