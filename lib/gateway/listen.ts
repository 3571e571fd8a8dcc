import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { StartError } from "@/lib/store/start-error"
import { type CertificateFiles, followPair, readPair } from "./certificate"

// Proxies keep idle connections for a minute or two and then use one again. If we closed first, we would close on a request
// that is just being sent; one that changes something is not sent twice, so a person would see an error.
const keepIdleMs = 130_000

// How long a connection may take to say what it wants, before anything is known of it. Node's own minutes would let one
// address hold any number of them. Once a request has arrived, its answer may take as long as it likes.
const patience = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 }

/**
 * An HTTP server, or an HTTPS one when a certificate is given; it then serves what the files hold, also after they
 * change, and connections that are open stay. Throws a StartError when certificate and key cannot be read or do not
 * belong together.
 */
export function createListener(
  tls: CertificateFiles | null,
  onRequest: RequestListener,
  { lookEveryMs = 2_000, say = console.log }: { lookEveryMs?: number; say?: (line: string) => void } = {},
): Server {
  if (tls === null) return createServer({ ...patience, keepAliveTimeout: keepIdleMs }, onRequest)
  const first = readPair(tls)
  const handshakeTimeout = patience.headersTimeout
  const options = { ...first, ...patience, handshakeTimeout, keepAliveTimeout: keepIdleMs }
  const server = createTlsServer(options, onRequest)
  const unfollow = followPair(tls, { first, everyMs: lookEveryMs, use: (pair) => server.setSecureContext(pair), say })
  return server.on("close", unfollow)
}

/** Listens and says on which port. Throws a StartError when the address cannot be had. */
export function listen(
  server: Server,
  { host, port, variable }: { host: string; port: number; variable: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(new StartError(whyNot(error.code, { host, port, variable })))
    server.once("error", fail)
    server.listen(port, host, () => {
      server.off("error", fail)
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : port)
    })
  })
}

function whyNot(
  code: string | undefined,
  { host, port, variable }: { host: string; port: number; variable: string },
): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is taken by another program: stop that one, or choose another port with ${variable}=….`
    case "EACCES":
      return `This user may not listen on port ${port}: choose one above 1023 with ${variable}=….`
    default:
      return `${host} is not an address of this machine (${code ?? "unknown error"}): set HOST to 127.0.0.1, or to 0.0.0.0 for all networks.`
  }
}
