"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { requireOwnPage } from "@/lib/auth/admin"
import { enter } from "@/lib/auth/enter"
import { readSetupLink } from "@/lib/store/admin-links"
import { emailAddress, personName } from "@/lib/store/email-address"
import { currentStore, now } from "@/lib/store/instance"
import { newPassword } from "@/lib/store/password"
import { useSetupLink as createOwner } from "@/lib/store/use-link"

const secret = z.string().max(200)
const form = z.object({ secret, name: personName, email: emailAddress, password: newPassword })

export type LinkState = "live" | "link-dead" | "owner-exists"

export async function checkSetupAction(input: string): Promise<LinkState> {
  await requireOwnPage()
  const link = await readSetupLink(currentStore(), { secret: secret.parse(input), nowMs: now() })
  return link.ok ? "live" : link.because
}

export type SetUpState = {
  readonly name: string
  readonly email: string
  /** What is wrong with which field, in words. */
  readonly mistakes: Partial<Record<"name" | "email" | "password", string>>
  readonly dead: Exclude<LinkState, "live"> | null
}

export async function setUpAction(_before: SetUpState, input: FormData): Promise<SetUpState> {
  await requireOwnPage()
  const typed = z.object({ name: z.string(), email: z.string() }).parse(Object.fromEntries(input))
  const parsed = form.safeParse(Object.fromEntries(input))
  if (!parsed.success) return { ...typed, mistakes: mistakesOf(parsed.error), dead: null }
  const result = await createOwner(currentStore(), { ...parsed.data, nowMs: now() })
  if (!result.ok && result.because === "email-taken")
    return { ...typed, mistakes: { email: "Somebody uses this address already." }, dead: null }
  if (!result.ok) return { ...typed, mistakes: {}, dead: result.because }
  const { ok } = await enter(parsed.data)
  redirect(ok ? "/requests" : "/sign-in")
}

function mistakesOf(error: z.ZodError<z.output<typeof form>>): SetUpState["mistakes"] {
  const { name, email, password } = z.flattenError(error).fieldErrors
  return {
    ...(name?.[0] && { name: name[0] }),
    ...(email?.[0] && { email: email[0] }),
    ...(password?.[0] && { password: password[0] }),
  }
}
