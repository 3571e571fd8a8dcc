import { syncClock } from "@/components/clock"

export class RequestFailed extends Error {
  constructor(readonly status: number) {
    super(`The server answered ${status}.`)
    this.name = "RequestFailed"
  }
}

/** Leaves for the sign-in page, which brings the reader back here. */
export function leaveForSignIn(): void {
  const { pathname, search } = window.location
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
}

/**
 * What a route of the console answers. Throws for everything but success, so that a list keeps what it shows and says
 * how old it is; when the session is over it leaves for the sign-in page.
 */
export async function fetchJson<Body>(path: string, signal?: AbortSignal): Promise<Body> {
  const response = await fetch(path, { headers: { accept: "application/json" }, ...(signal && { signal }) })
  if (response.status === 401) leaveForSignIn()
  if (!response.ok) throw new RequestFailed(response.status)
  const nowMs = Number(response.headers.get("x-now-ms"))
  if (nowMs > 0) syncClock(nowMs)
  return response.json()
}
