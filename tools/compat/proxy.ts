import { once } from "node:events"
import { createServer, connect as dial, type Socket } from "node:net"

/** The address that the proxy dials from; the server must have it declared as a proxy. */
export const proxyAddress = "127.0.0.2"

/**
 * A reverse proxy in forty lines: passes connections on from 127.0.0.2 with headers put in. With X-Forwarded-For,
 * whoever comes through it is remote for the server although all of it happens on one machine.
 */
export async function startProxy(
  targetPort: number,
  headers: Readonly<Record<string, string>>,
): Promise<{ port: number; stop: () => void }> {
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = dial({ host: "127.0.0.1", port: targetPort, localAddress: proxyAddress })
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on("close", () => open.delete(socket))
    }
    client.on("error", () => upstream.destroy())
    upstream.on("error", () => client.destroy())
    let head = Buffer.alloc(0)
    const readHead = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf("\r\n\r\n")
      if (end < 0) return
      client.off("data", readHead)
      upstream.write(head.subarray(0, end))
      for (const [name, value] of Object.entries(headers)) upstream.write(`\r\n${name}: ${value}`)
      upstream.write(head.subarray(end))
      client.pipe(upstream)
      upstream.pipe(client)
    }
    client.on("data", readHead)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the proxy has no port")
  return {
    port: address.port,
    stop: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
