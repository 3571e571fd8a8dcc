"use server"

import { headers } from "next/headers"
import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { clientAddress } from "@/lib/auth/client-address"
import { currentStore, now } from "@/lib/store/instance"
import { confirmPassword } from "@/lib/store/set-password"
import { rotateSharedSecret, showSharedSecret } from "@/lib/store/shared-secret-commands"

const given = z.string().max(1024)

export async function showTokenAction(password: string) {
  const admin = await requireAdmin("secret.show")
  const confirmed = await confirm(admin.adminId, password)
  return confirmed.ok ? showSharedSecret(currentStore(), { actor: actorOf(admin), nowMs: now() }) : confirmed
}

export async function rotateTokenAction(password: string) {
  const admin = await requireAdmin("secret.rotate")
  const confirmed = await confirm(admin.adminId, password)
  return confirmed.ok ? rotateSharedSecret(currentStore(), { actor: actorOf(admin), nowMs: now() }) : confirmed
}

async function confirm(adminId: string, password: string) {
  const address = clientAddress(await headers())
  return confirmPassword(currentStore(), { adminId, password: given.parse(password), address, nowMs: now() })
}
