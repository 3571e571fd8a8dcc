import { readResponse, requestText, type UpstreamResponse } from "./frames"
import type { UpstreamSocket } from "./socket"

export type Requester = {
  /** Null when no answer came in time, or the socket closed. */
  readonly request: (method: string, params: unknown) => Promise<UpstreamResponse | null>
  readonly close: () => void
}

/** Asks questions on a socket of our own and matches the answers. Frames that answer none go to `onOther`. */
export function createRequester(
  socket: UpstreamSocket,
  timeoutMs: number,
  onOther: (text: string) => void = () => {},
): Requester {
  const open = new Map<string, (answer: UpstreamResponse | null) => void>()
  let lastId = 0
  socket.listen((text) => {
    const answer = text.startsWith('{"type":"res"') ? readResponse(text) : null
    const settle = answer === null ? undefined : open.get(answer.id)
    if (settle === undefined) onOther(text)
    else settle(answer)
  })
  void socket.closed.then(() => {
    for (const settle of open.values()) settle(null)
  })
  return {
    request: (method, params) =>
      new Promise((resolve) => {
        lastId += 1
        const id = `g${lastId}`
        const timer = setTimeout(() => settle(null), timeoutMs)
        const settle = (answer: UpstreamResponse | null) => {
          clearTimeout(timer)
          open.delete(id)
          resolve(answer)
        }
        open.set(id, settle)
        socket.send(requestText(id, method, params))
      }),
    close: () => socket.close(),
  }
}
