"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { requireOwnPage } from "@/lib/auth/admin"
import { enter } from "@/lib/auth/enter"
import { readLink } from "@/lib/store/admin-links"
import { currentStore, now } from "@/lib/store/instance"
import { newPassword } from "@/lib/store/password"
import { usePasswordLink as setPasswordByLink } from "@/lib/store/use-link"

const secret = z.string().max(200)
const form = z.object({ secret, password: newPassword })

export type LinkFor =
  | { readonly ok: true; readonly purpose: "invite" | "reset"; readonly name: string; readonly email: string }
  | { readonly ok: false }

export async function checkLinkAction(input: string): Promise<LinkFor> {
  await requireOwnPage()
  const link = await readLink(currentStore(), { secret: secret.parse(input), nowMs: now() })
  if (!link.ok || link.purpose === "setup") return { ok: false }
  return { ok: true, purpose: link.purpose, name: link.name, email: link.email }
}

export type PasswordState = { readonly mistake: string | null; readonly isDead: boolean }

export async function setPasswordAction(_before: PasswordState, input: FormData): Promise<PasswordState> {
  await requireOwnPage()
  const parsed = form.safeParse(Object.fromEntries(input))
  if (!parsed.success) return { mistake: parsed.error.issues[0]?.message ?? "", isDead: false }
  const result = await setPasswordByLink(currentStore(), { ...parsed.data, nowMs: now() })
  if (!result.ok) return { mistake: null, isDead: true }
  const { ok } = await enter({ email: result.email, password: parsed.data.password })
  redirect(ok ? "/requests" : "/sign-in")
}
