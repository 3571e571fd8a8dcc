"use server"

import { headers } from "next/headers"
import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { clientAddress } from "@/lib/auth/client-address"
import { endAllSessions, endSession } from "@/lib/store/admin-sessions"
import { setShortcuts } from "@/lib/store/change-account"
import { currentStore, now } from "@/lib/store/instance"
import { newPassword } from "@/lib/store/password"
import { changePassword } from "@/lib/store/set-password"

const passwords = z.object({ current: z.string().max(1024), next: newPassword })

export async function changePasswordAction(input: { current: string; next: string }) {
  const { adminId, sessionId } = await requireAdmin("account.change")
  const parsed = passwords.safeParse(input)
  if (!parsed.success) return { ok: false, because: "mistake", mistake: parsed.error.issues[0]?.message ?? "" } as const
  const address = clientAddress(await headers())
  return changePassword(currentStore(), { adminId, sessionId, ...parsed.data, address, nowMs: now() })
}

export async function endSessionAction(input: string) {
  const admin = await requireAdmin("account.change")
  const session = { sessionId: z.string().max(64).parse(input), adminId: admin.adminId, how: "ended" } as const
  return endSession(currentStore(), { ...session, actor: actorOf(admin), nowMs: now() })
}

export async function endOtherSessionsAction() {
  const admin = await requireAdmin("account.change")
  const sessions = { adminId: admin.adminId, except: admin.sessionId }
  return endAllSessions(currentStore(), { ...sessions, actor: actorOf(admin), nowMs: now() })
}

export async function setShortcutsAction(input: boolean) {
  const { adminId } = await requireAdmin("account.change")
  return setShortcuts(currentStore(), { adminId, shortcuts: z.boolean().parse(input) })
}
