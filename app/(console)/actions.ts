"use server"

import { requireOwnPage } from "@/lib/auth/admin"
import { signOut } from "@/lib/auth/config"

export async function signOutAction() {
  await requireOwnPage()
  await signOut({ redirectTo: "/sign-in" })
}
