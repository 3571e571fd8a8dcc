import type { IncomingMessage, Server } from "node:http"
import { Server as TlsServer } from "node:https"
import type { Duplex } from "node:stream"

const aboutUpgrade = ["upgrade", "connection", "http2-settings"]

/** Whether a request asks for a WebSocket. Node calls everything an upgrade that names any other protocol. */
export function isWebSocketUpgrade({ headers }: Pick<IncomingMessage, "headers">): boolean {
  return headers.upgrade?.toLowerCase() === "websocket"
}

/**
 * Serves a request that offers to go on in a protocol that is not spoken here, such as `h2c`, as the plain request
 * that it is without the offer: an offer may be ignored, and pages must not be refused for it. The connection is
 * handed to the server once more, with the request written anew before what has not been read yet.
 */
export function servePlainly(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`]
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const [name, value] = request.rawHeaders.slice(i, i + 2)
    if (name !== undefined && !aboutUpgrade.includes(name.toLowerCase())) lines.push(`${name}: ${value}`)
  }
  if (/\bclose\b/i.test(request.headers.connection ?? "")) lines.push("Connection: close")
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]))
  server.emit(server instanceof TlsServer ? "secureConnection" : "connection", socket)
}
