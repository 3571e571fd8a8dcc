"use client"

import { useId } from "react"
import { Field, FieldDescription, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"

type Written = { readonly value: string; readonly onChange: (text: string) => void }

/** What is noted with a command, for whoever reads the record later. */
export function NoteField({ required = false, ...written }: Written & { required?: boolean }) {
  const label = `Note for the record (${required ? "required" : "optional"})`
  return <TextField label={label} required={required} maxLength={500} {...written} />
}

/** What a device that is turned away is told of why. */
export function ToldField(written: Written) {
  return (
    <TextField
      label="Told to the device (optional)"
      about="Stands in every refusal, for whoever holds the key to read."
      placeholder="Ask at the desk first"
      maxLength={200}
      {...written}
    />
  )
}

function TextField({
  label,
  about,
  onChange,
  ...input
}: Written & { label: string; about?: string; placeholder?: string; required?: boolean; maxLength: number }) {
  const id = useId()
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id}
        aria-describedby={about && `${id}-about`}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
        {...input}
      />
      {about && <FieldDescription id={`${id}-about`}>{about}</FieldDescription>}
    </Field>
  )
}

/** A note as commands take it. */
export function noteOf(text: string): string | null {
  return text.trim() === "" ? null : text.trim()
}
