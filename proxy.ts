import { randomBytes } from "node:crypto"
import { type NextRequest, NextResponse } from "next/server"
import { pathHeader } from "@/lib/auth/return-path"
import { env } from "@/lib/env"

/** Gives every page a Content-Security-Policy with a nonce of its own; scripts find it in the header `x-nonce`. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64")
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set("x-nonce", nonce)
  headers.set("content-security-policy", policy)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("content-security-policy", policy)
  return response
}

function contentSecurityPolicy(nonce: string): string {
  // React's development build evaluates text to show the stacks of server errors.
  const evaluation = env.production ? "" : " 'unsafe-eval'"
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    // Positions of menus, dialogs and chart marks are style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    // Without a line of its own it would be the one of scripts, which only trusts what carries the nonce.
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ")
}

export const config = {
  matcher: [{ source: "/((?!_next/static|_next/image|favicon.ico).*)" }],
}
