import "server-only"
import { headers } from "next/headers"
import { notFound, redirect } from "next/navigation"
import { cache } from "react"
import { consoleAuthority } from "@/lib/pairing/authority"
import type { Actor } from "@/lib/store/actor"
import { readSession, type SignedIn } from "@/lib/store/admin-sessions"
import { currentStore, now } from "@/lib/store/instance"
import { type Capability, hasCapability, isChanging } from "./capabilities"
import { comesFromElsewhere, comesFromHere } from "./origin"
import { pathHeader, returnPath } from "./return-path"
import { sessionIdOf } from "./session-cookie"

/** The person behind a request, as the session row says now. */
export type CurrentAdmin = SignedIn

async function readCurrentAdmin(): Promise<CurrentAdmin | null> {
  return adminOf(await headers())
}

/**
 * The person whose session the request carries; null when there is none, or when the request says that it comes from
 * a foreign page. The session row is read once per page and afresh on each request.
 */
export const currentAdmin = cache(readCurrentAdmin)

/**
 * The person whose session these headers carry, by the same rules: for route handlers and streams. What an open page
 * asks for by itself, lists and streams, is not use of the session: a forgotten tab keeps none alive.
 */
export async function adminOf(requestHeaders: Headers): Promise<CurrentAdmin | null> {
  if (comesFromElsewhere(requestHeaders)) return null
  const store = currentStore()
  const sessionId = await sessionIdOf(store, requestHeaders)
  const isUse = !requestHeaders.get(pathHeader)?.startsWith("/api/")
  return sessionId === null ? null : readSession(store, { sessionId, isUse, nowMs: now() })
}

/**
 * The signed-in admin, if their role allows it. Otherwise leaves the page: to sign-in, or to not-found. What changes
 * something is for pages of this console only: a request without an Origin is then as good as one without a session.
 */
export async function requireAdmin(capability: Capability): Promise<CurrentAdmin> {
  const admin = isAllowedFrom(await headers(), capability) ? await currentAdmin() : null
  if (!admin) redirect(await signInPath())
  if (!hasCapability(admin.role, capability)) notFound()
  return admin
}

function isAllowedFrom(requestHeaders: Headers, capability: Capability): boolean {
  return !isChanging(capability) || comesFromHere(requestHeaders)
}

async function signInPath(): Promise<string> {
  const next = returnPath((await headers()).get(pathHeader))
  return next === "/requests" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`
}

/** The gate of actions that need no session: leaves unless the request comes from a page of this console. */
export async function requireOwnPage(): Promise<void> {
  if (!comesFromHere(await headers())) notFound()
}

/** The gate of `requireAdmin` for route handlers: the admin, or the answer to give instead (401 or 403, as JSON). */
export async function admitAdmin(
  request: Request,
  capability: Capability,
): Promise<{ ok: true; admin: CurrentAdmin } | { ok: false; response: Response }> {
  const admin = isAllowedFrom(request.headers, capability) ? await adminOf(request.headers) : null
  if (!admin) return { ok: false, response: refusal(401, "signed-out") }
  if (!hasCapability(admin.role, capability)) return { ok: false, response: refusal(403, "not-allowed") }
  return { ok: true, admin }
}

function refusal(status: 401 | 403, because: "signed-out" | "not-allowed"): Response {
  return Response.json({ ok: false, because }, { status, headers: { "cache-control": "no-store" } })
}

/**
 * The admin as the actor of a command. Owners and approvers act with `operator.admin` (ruling R13); a viewer has no
 * authority over devices even where a gate was forgotten.
 */
export function actorOf(admin: CurrentAdmin): Extract<Actor, { kind: "admin" }> {
  const authority = admin.role === "viewer" ? { scopes: [], deviceId: null } : consoleAuthority
  return { kind: "admin", id: admin.adminId, name: admin.name, authority }
}
