"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { requireOwnPage } from "@/lib/auth/admin"
import { type Entered, enter } from "@/lib/auth/enter"
import { returnPath } from "@/lib/auth/return-path"

const form = z.object({ email: z.string(), password: z.string(), next: z.string().optional() })

export type SignInState = { readonly email: string; readonly result: Exclude<Entered, { ok: true }> | null }

export async function signInAction(_before: SignInState, input: FormData): Promise<SignInState> {
  await requireOwnPage()
  const { email, password, next } = form.parse(Object.fromEntries(input))
  const result = await enter({ email, password })
  if (!result.ok) return { email, result }
  redirect(returnPath(next))
}
