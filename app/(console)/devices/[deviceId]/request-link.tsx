import Link from "next/link"
import type { LoggedRequest } from "@/lib/console/device-event-types"
import { requestHref } from "../request-href"

/** The words as a link to the request; as plain words where its row is gone. */
export function RequestLink({ request, children }: { request: LoggedRequest | null; children: string }) {
  if (request === null) return null
  return (
    <Link
      href={requestHref(request.requestId)}
      prefetch={false}
      className="ml-1.5 text-sm text-accent underline decoration-1 underline-offset-3 hover:decoration-2"
    >
      {children.trim()}
    </Link>
  )
}
