import { admitAdmin } from "@/lib/auth/admin"
import { openEventStream } from "@/lib/console/event-stream"
import { currentStore } from "@/lib/store/instance"

export const dynamic = "force-dynamic"

export async function GET(request: Request) {
  const admitted = await admitAdmin(request, "gateway.see")
  if (!admitted.ok) return admitted.response
  return new Response(openEventStream(currentStore(), new Headers(request.headers), admitted.admin), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Neither kept nor compressed on the way, or events would wait for a full buffer.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  })
}
