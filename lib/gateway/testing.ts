import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createKeys } from "@/lib/store/keys"
import { openStore, type Store } from "@/lib/store/store"
import { asIfFrom, type Connected, type ConnectOptions, type ConnectResult, connect } from "@/tools/wire-client"
import { type AttachOptions, attachGateway } from "./attach"
import type { Serve } from "./gateway"

export const sharedToken = "shared-token-of-the-wire-tests"

export type TestGateway = {
  readonly store: Store
  readonly url: string
  readonly port: number
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
}

/** A gateway with a store of its own on a free port of loopback; 127.0.0.2 is a declared proxy. */
export async function startTestGateway({
  gatewayToken = sharedToken,
  publicUrl = null,
  serveWith,
  ...options
}: TestOptions = {}): Promise<TestGateway> {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-wire-"))
  const server = createServer((_request, response) => void response.writeHead(404).end())
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo

  const store = await openStore({
    databaseUrl: null,
    dataDir,
    keys: createKeys(["a server key for the wire tests, 32 or more"]),
    gatewayToken,
    authSecret: null,
    gatewayInfo: { host: "127.0.0.1", port, publicUrl, trustedProxies: ["127.0.0.2"], proxyPort: null },
  })
  const door = await serveWith?.(store)
  const behind = door === undefined ? {} : { serve: door.serve, hasUpstream: door.isOn }
  const gateway = attachGateway({ store, ...options, ...behind })
  server.on("upgrade", (request, socket, head) => gateway.handleUpgrade(request, socket, head, "main"))

  const url = `ws://127.0.0.1:${port}`
  const knock = (given: Partial<ConnectOptions>) => connect({ url, auth: { token: sharedToken }, ...given })
  return {
    store,
    url,
    port,
    knock,
    async enter(given) {
      const result = await knock(given)
      if (result.ok) return result
      throw new Error(`not let in: ${JSON.stringify(result)}`)
    },
    connections: () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))),
    async close() {
      await gateway.close()
      await new Promise((resolve) => server.close(resolve))
      await store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Dial options of a client on the LAN, behind the declared proxy. */
export const remote = (address = "203.0.113.51") => asIfFrom(address)
