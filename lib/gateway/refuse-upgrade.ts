import type { Duplex } from "node:stream"

const answers = {
  403: "HTTP/1.1 403 Forbidden",
  404: "HTTP/1.1 404 Not Found",
  503: "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5",
} as const

/**
 * Answers an upgrade with a status and gives the socket up. Ending it would not do: that closes one half, no time
 * limit is left on the other, and nobody would ever read what the client still sends.
 */
export function refuseUpgrade(socket: Duplex, status: keyof typeof answers, because?: string): void {
  const body = because === undefined ? "" : `${because}\n`
  const about = `Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}`
  socket.on("error", () => {})
  socket.end(`${answers[status]}\r\n${about}\r\n\r\n${body}`, () => socket.destroy())
}
