import "server-only"
import { headers } from "next/headers"
import NextAuth, { AuthError, CredentialsSignin, type NextAuthConfig } from "next-auth"
import Credentials from "next-auth/providers/credentials"
import { z } from "zod"
import { selfActor } from "@/lib/store/admin-actor"
import { endSession, readSession } from "@/lib/store/admin-sessions"
import { emailAddress } from "@/lib/store/email-address"
import { currentStore, now } from "@/lib/store/instance"
import { signIn as openSession } from "@/lib/store/sign-in"
import type { Store } from "@/lib/store/store"
import { clientAddress } from "./client-address"
import { cookieMaxAgeSeconds, isSecure, sessionCookieName } from "./session-cookie"

/** A sign-in that was refused for a while, and until when. Travels out of next-auth as an error, as it wants it. */
export class SignInThrottled extends CredentialsSignin {
  override code = "throttled"
  constructor(readonly retryAtMs: number) {
    super()
  }
}

const credentials = z.object({ email: emailAddress, password: z.string().min(1).max(1024) })

/**
 * next-auth for this console. Its credentials provider only works with tokens in the cookie, so the token carries the
 * id of a session row and nothing else, and whoever reads it asks the row.
 */
const nextAuth = NextAuth(async () => configFor(currentStore(), await headers()))

export const { handlers, signIn, signOut } = nextAuth

function configFor(store: Store, requestHeaders: Headers): NextAuthConfig {
  const secure = isSecure(requestHeaders)
  const cookie = { httpOnly: true, sameSite: "lax", path: "/", secure } as const
  return {
    basePath: "/api/auth",
    secret: store.authSecret,
    // The Host is not believed for anything: every redirect is a path (see `redirect`), every origin is checked.
    trustHost: true,
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: cookieMaxAgeSeconds },
    cookies: { sessionToken: { name: sessionCookieName(store, requestHeaders), options: cookie } },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [Credentials({ credentials: { email: {}, password: {} }, authorize })],
    callbacks: {
      async jwt({ token, user, trigger }) {
        if (trigger === "signIn") return { sid: user.id }
        if (typeof token.sid !== "string") return null
        const session = await readSession(store, { sessionId: token.sid, nowMs: now() })
        return session ? { sid: token.sid } : null
      },
      // What next-auth tells browsers about a session: that there is one.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) => (/^\/(?![/\\])/.test(url) ? url : "/"),
    },
    events: {
      async signOut(message) {
        if ("token" in message && typeof message.token?.sid === "string") await endOwn(store, message.token.sid)
      },
    },
    logger: {
      error(error) {
        if (!isExpected(error)) console.error("Sign-in failed for an inner reason:", error)
      },
      warn() {},
      debug() {},
    },
  }
}

async function authorize(input: Partial<Record<"email" | "password", unknown>>, request: Request) {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) throw new CredentialsSignin()
  const result = await openSession(currentStore(), {
    ...parsed.data,
    address: clientAddress(request.headers),
    userAgent: request.headers.get("user-agent") ?? "",
    nowMs: now(),
  })
  if (result.ok) return { id: result.sessionId }
  if (result.because === "throttled") throw new SignInThrottled(result.retryAtMs)
  throw new CredentialsSignin()
}

async function endOwn(store: Store, sessionId: string): Promise<void> {
  const nowMs = now()
  const admin = await readSession(store, { sessionId, nowMs })
  if (admin) await endSession(store, { sessionId, how: "signed-out", actor: selfActor(admin), nowMs })
}

// What strangers can cause at will is not for the log: wrong passwords, forged cookies, unknown paths.
function isExpected(error: Error): boolean {
  const types = [
    "CredentialsSignin",
    "JWTSessionError",
    "MissingCSRF",
    "UnknownAction",
    "InvalidCallbackUrl",
    "SignOutError",
  ]
  return error instanceof AuthError && types.includes(error.type)
}
