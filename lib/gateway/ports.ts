import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import type { CertificateFiles } from "./certificate"
import { createListener, listen } from "./listen"
import type { Listener } from "./upgrade-facts"

/** Where this process listens. */
export type Ports = {
  readonly servers: readonly Server[]
  readonly port: number
  readonly proxyPort: number | null
  readonly controlUiPort: number | null
}

export type PortSettings = {
  readonly host: string
  readonly port: number
  /** Null opens none. */
  readonly proxyPort: number | null
  readonly controlUiPort: number | null
  readonly tls: CertificateFiles | null
}

/** What happens to whatever arrives; `listener` says where. */
export type Arrivals = {
  readonly request: (listener: Listener, request: IncomingMessage, response: ServerResponse) => void
  readonly upgrade: (
    listener: Listener,
    arrived: { server: Server; request: IncomingMessage; socket: Duplex; head: Buffer },
  ) => void
}

/** Opens every port of this process. Throws a StartError that names the variable of one that cannot be had. */
export async function openPorts(settings: PortSettings, arrivals: Arrivals): Promise<Ports> {
  const { host, port, proxyPort, controlUiPort, tls } = settings
  const servers: Server[] = []
  async function open(
    listener: Listener,
    encrypted: CertificateFiles | null,
    place: { host: string; port: number; variable: string },
  ) {
    const server = createListener(encrypted, (request, response) => arrivals.request(listener, request, response))
    server.on("upgrade", (request, socket, head) => arrivals.upgrade(listener, { server, request, socket, head }))
    servers.push(server)
    return listen(server, place)
  }
  const ofProxy = { host: "127.0.0.1", variable: "GATEHOUSE_PROXY_PORT" }
  const ofPage = { host, variable: "GATEHOUSE_CONTROL_UI_PORT" }
  return {
    servers,
    port: await open("main", tls, { host, port, variable: "PORT" }),
    proxyPort: proxyPort === null ? null : await open("proxy", null, { ...ofProxy, port: proxyPort }),
    controlUiPort: controlUiPort === null ? null : await open("control-ui", tls, { ...ofPage, port: controlUiPort }),
  }
}

// Pages that are being answered may finish; event streams never do.
const answersMayTakeMs = 500

/** Takes nothing new, lets what runs be ended by `stop`, and resolves when every connection is closed. */
export async function closePorts({ servers }: Ports, stop: () => Promise<void>): Promise<void> {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
  const closeAll = () => {
    for (const server of servers) server.closeAllConnections()
  }
  setTimeout(closeAll, answersMayTakeMs).unref()
  await stop()
  closeAll()
  await Promise.all(closed)
}
