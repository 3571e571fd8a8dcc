"use server"

import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { makeAdminLink } from "@/lib/store/admin-links"
import { endAllSessions } from "@/lib/store/admin-sessions"
import { changeAdminRole } from "@/lib/store/change-admin-role"
import { consoleRoles } from "@/lib/store/console-role"
import { createAdmin } from "@/lib/store/create-admin"
import { disableAdmin, enableAdmin } from "@/lib/store/disable-admin"
import { emailAddress, personName } from "@/lib/store/email-address"
import { currentStore, now } from "@/lib/store/instance"

const role = z.enum(consoleRoles)
const invitation = z.object({ name: personName, email: emailAddress, role })
const adminId = z.string().min(1).max(64)

export type InviteMistakes = { readonly name?: string; readonly email?: string }

export async function inviteAdminAction(input: { name: string; email: string; role: string }) {
  const owner = await requireAdmin("admins.manage")
  const parsed = invitation.safeParse(input)
  if (!parsed.success) return { ok: false, because: "mistakes", mistakes: mistakesOf(parsed.error) } as const
  const act = { actor: actorOf(owner), nowMs: now() }
  const admin = { ...parsed.data, passwordHash: null }
  const created = await createAdmin(currentStore(), { admin, ...act })
  return created.ok ? makeAdminLink(currentStore(), { adminId: created.adminId, ...act }) : created
}

function mistakesOf(error: z.ZodError<z.output<typeof invitation>>): InviteMistakes {
  const { name, email } = z.flattenError(error).fieldErrors
  return { ...(name?.[0] && { name: name[0] }), ...(email?.[0] && { email: email[0] }) }
}

export async function makeAdminLinkAction(input: string) {
  const owner = await requireAdmin("admins.manage")
  const subject = { adminId: adminId.parse(input) }
  return makeAdminLink(currentStore(), { ...subject, actor: actorOf(owner), nowMs: now() })
}

export async function changeAdminRoleAction(input: { adminId: string; role: string }) {
  const owner = await requireAdmin("admins.manage")
  const change = z.object({ adminId, role }).parse(input)
  return changeAdminRole(currentStore(), { ...change, actor: actorOf(owner), nowMs: now() })
}

export async function disableAdminAction(input: string) {
  const owner = await requireAdmin("admins.manage")
  const subject = { adminId: adminId.parse(input) }
  return disableAdmin(currentStore(), { ...subject, actor: actorOf(owner), nowMs: now() })
}

export async function enableAdminAction(input: string) {
  const owner = await requireAdmin("admins.manage")
  const subject = { adminId: adminId.parse(input) }
  return enableAdmin(currentStore(), { ...subject, actor: actorOf(owner), nowMs: now() })
}

export async function endAdminSessionsAction(input: string) {
  const owner = await requireAdmin("admins.manage")
  const subject = { adminId: adminId.parse(input), except: null }
  return endAllSessions(currentStore(), { ...subject, actor: actorOf(owner), nowMs: now() })
}
