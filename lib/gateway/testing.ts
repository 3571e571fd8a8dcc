import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Duplex } from "node:stream"
import { createKeys } from "@/lib/store/keys"
import { openStore, type Store } from "@/lib/store/store"
import { asIfFrom, type Connected, type ConnectOptions, type ConnectResult, connect } from "@/tools/wire-client"
import { type AttachedGateway, type AttachOptions, attachGateway } from "./attach"
import type { Serve } from "./gateway"

export const sharedToken = "shared-token-of-the-wire-tests"

export type TestGateway = {
  readonly store: Store
  readonly url: string
  readonly port: number
  /** Where `besides` is served. */
  readonly besidesPort: number | null
  /** One handshake with the shared token, unless other credentials are given. */
  readonly knock: (options: Partial<ConnectOptions>) => Promise<ConnectResult>
  /** The same, and the test fails if the client is not let in. */
  readonly enter: (options: Partial<ConnectOptions>) => Promise<Connected>
  /** How many connections the server holds, logged in or not. */
  readonly connections: () => Promise<number>
  readonly close: () => Promise<void>
}

type TestOptions = Omit<AttachOptions, "store"> & {
  /** Null has the shared secret made in the data directory. */
  readonly gatewayToken?: string | null
  readonly publicUrl?: string | null
  /** What serves connections, where it needs the store of the gateway. */
  readonly serveWith?: (store: Store) => Promise<{ readonly serve: Serve; readonly isOn: () => boolean }>
  /** What one more port serves: the page of a gateway behind. */
  readonly besides?: (store: Store, gateway: AttachedGateway) => Besides
}

type Besides = {
  readonly request: RequestListener
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly close: () => void
}

/** A gateway with a store of its own on a free port of loopback; 127.0.0.2 is a declared proxy. */
export async function startTestGateway({
  gatewayToken = sharedToken,
  publicUrl = null,
  serveWith,
  besides,
  ...options
}: TestOptions = {}): Promise<TestGateway> {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-wire-"))
  const server = createServer((_request, response) => void response.writeHead(404).end())
  const port = await listenSomewhere(server)
  const second = besides === undefined ? null : createServer()
  const besidesPort = second === null ? null : await listenSomewhere(second)

  const store = await openStore({
    databaseUrl: null,
    dataDir,
    keys: createKeys(["a server key for the wire tests, 32 or more"]),
    gatewayToken,
    authSecret: null,
    gatewayInfo: {
      host: "127.0.0.1",
      port,
      publicUrl,
      trustedProxies: ["127.0.0.2"],
      proxyPort: null,
      controlUiPort: besidesPort,
    },
  })
  const door = await serveWith?.(store)
  const behind = door === undefined ? {} : { serve: door.serve, hasUpstream: door.isOn }
  const gateway = attachGateway({ store, ...options, ...behind })
  server.on("upgrade", (request, socket, head) => gateway.handleUpgrade(request, socket, head, "main"))
  const page = besides?.(store, gateway)
  if (page !== undefined) second?.on("request", page.request).on("upgrade", page.upgrade)

  const url = `ws://127.0.0.1:${port}`
  const knock = (given: Partial<ConnectOptions>) => connect({ url, auth: { token: sharedToken }, ...given })
  return {
    store,
    url,
    port,
    besidesPort,
    knock,
    async enter(given) {
      const result = await knock(given)
      if (result.ok) return result
      throw new Error(`not let in: ${JSON.stringify(result)}`)
    },
    connections: () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))),
    async close() {
      await gateway.close()
      page?.close()
      for (const each of second === null ? [server] : [server, second]) {
        each.closeAllConnections()
        await new Promise((resolve) => each.close(resolve))
      }
      await store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function listenSomewhere(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return port
}

/** Dial options of a client on the LAN, behind the declared proxy. */
export const remote = (address = "203.0.113.51") => asIfFrom(address)
