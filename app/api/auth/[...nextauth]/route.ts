import type { NextRequest } from "next/server"
import { handlers } from "@/lib/auth/config"

/**
 * Of next-auth's own endpoints only the one that says whether there is a session. Signing in and out are server
 * actions; next-auth's pages, its provider list and its redirects (which name a host of their own) are not served.
 */
export function GET(request: NextRequest): Promise<Response> | Response {
  if (request.nextUrl.pathname !== "/api/auth/session") return new Response(null, { status: 404 })
  return handlers.GET(request)
}
