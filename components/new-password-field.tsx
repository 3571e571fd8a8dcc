"use client"

import { useId } from "react"
import { PasswordInput } from "@/components/password-input"
import { Field, FieldDescription, FieldError, Label } from "@/components/ui/field"

/** Where a new password is chosen, with what it takes and what is wrong with it. */
export function NewPasswordField({
  label,
  name = "password",
  mistake,
}: {
  label: string
  name?: string
  mistake?: string | undefined
}) {
  const id = useId()
  return (
    <Field>
      <Label htmlFor={id}>{label}</Label>
      <PasswordInput
        id={id}
        name={name}
        autoComplete="new-password"
        required
        minLength={10}
        maxLength={256}
        aria-describedby={`${id}-about`}
        {...(mistake && { "aria-invalid": true })}
      />
      {mistake ? (
        <FieldError id={`${id}-about`}>{mistake}</FieldError>
      ) : (
        <FieldDescription id={`${id}-about`}>At least 10 characters; a few words do well.</FieldDescription>
      )}
    </Field>
  )
}
