import { admitAdmin } from "@/lib/auth/admin"
import type { Capability } from "@/lib/auth/capabilities"
import { now } from "@/lib/store/instance"

/** What a loader returns, as JSON for the lists that ask again; or who is not let in. Says what time it is here. */
export async function answer<Body>(
  request: Request,
  capability: Capability,
  load: () => Promise<Body>,
): Promise<Response> {
  const admitted = await admitAdmin(request, capability)
  if (!admitted.ok) return admitted.response
  const body = await load()
  return Response.json(body, { headers: { "cache-control": "no-store", "x-now-ms": String(now()) } })
}
