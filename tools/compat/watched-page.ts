import type { Page, WebSocket } from "@playwright/test"
import { z } from "zod"

const frame = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  method: z.string().optional(),
  ok: z.boolean().optional(),
  error: z.unknown().optional(),
})

export type Failure = {
  readonly what: string
  /** Where it was asked for over HTTP, and how that was answered. */
  readonly answered?: { readonly path: string; readonly status: number }
}

export type Watched = {
  /** Everything that went wrong until now, and forgets it. */
  readonly failures: () => readonly Failure[]
  /** How many requests over HTTP and over the socket there were. */
  readonly counts: () => { readonly http: number; readonly methods: number }
}

/** Notes what a page asks, and what of it fails: over HTTP, over its sockets, in its scripts, by its policy. */
export function watchPage(page: Page): Watched {
  const failed: Failure[] = []
  const methods = new Set<string>()
  let http = 0

  page.on("response", (response) => {
    http += 1
    const { pathname, search } = new URL(response.url())
    const answered = { path: pathname + search, status: response.status() }
    const what = `HTTP ${answered.status} ${response.request().method()} ${answered.path}`
    if (answered.status >= 400) failed.push({ what, answered })
  })
  page.on("requestfailed", (request) => {
    // What a view had asked for is given up when another one is opened.
    const why = request.failure()?.errorText ?? ""
    if (why !== "net::ERR_ABORTED") failed.push({ what: `${why} ${request.url()}` })
  })
  page.on("pageerror", (error) => failed.push({ what: `script: ${error.message}` }))
  page.on("console", (message) => {
    const isRepeated = message.text().startsWith("Failed to load resource")
    if (message.type() === "error" && !isRepeated) failed.push({ what: `console: ${message.text()}` })
  })
  page.on("websocket", (socket) => watchSocket(socket))

  function watchSocket(socket: WebSocket) {
    const asked = new Map<string, string>()
    socket.on("framesent", ({ payload }) => {
      const { id, method } = frame.parse(JSON.parse(payload.toString()))
      if (id === undefined || method === undefined) return
      asked.set(id, method)
      methods.add(method)
    })
    socket.on("framereceived", ({ payload }) => {
      const { type, id, ok, error } = frame.parse(JSON.parse(payload.toString()))
      if (type !== "res" || ok !== false) return
      failed.push({ what: `${asked.get(id ?? "") ?? "?"}: ${JSON.stringify(error)}` })
    })
  }

  return { failures: () => failed.splice(0), counts: () => ({ http, methods: methods.size }) }
}
