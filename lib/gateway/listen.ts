import { readFileSync } from "node:fs"
import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { createSecureContext } from "node:tls"
import { StartError } from "@/lib/store/start-error"

/**
 * An HTTP server, or an HTTPS one when a certificate is given. Throws a StartError when certificate and key cannot be
 * read or do not belong together.
 */
export function createListener(
  tls: { readonly certFile: string; readonly keyFile: string } | null,
  onRequest: RequestListener,
): Server {
  if (tls === null) return createServer(onRequest)
  const pair = { cert: readPem("GATEHOUSE_TLS_CERT", tls.certFile), key: readPem("GATEHOUSE_TLS_KEY", tls.keyFile) }
  try {
    // Empty texts would count as absent ones.
    createSecureContext({ cert: pair.cert || "none", key: pair.key || "none" })
  } catch {
    throw new StartError(`${tls.certFile} and ${tls.keyFile} are not a certificate and its key in PEM form.`)
  }
  return createTlsServer(pair, onRequest)
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

function readPem(variable: string, file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    throw new StartError(`${variable} names ${file}, which cannot be read: check its path and its permissions.`)
  }
}
