import { loadKeys } from "@/lib/store/server-key"
import { openStore } from "@/lib/store/store"
import { approveAsConsole, consoleAdmin } from "../as-console"

/** Decides as the console does, with the store's own commands, beside the running server. */
export async function openConsole(dataDir: string) {
  const store = await openStore({
    databaseUrl: null,
    dataDir,
    keys: loadKeys({ serverKey: null, serverKeyFile: null, dataDir }),
    gatewayToken: null,
    authSecret: null,
    gatewayInfo: { host: "127.0.0.1", port: 0, publicUrl: null, trustedProxies: [], proxyPort: null },
    chores: "leave",
  })
  const actor = consoleAdmin({ id: "compat", name: "Compat" })
  return {
    close: store.close,
    approve: (requestId: string) => approveAsConsole(store, { requestId, actor }),
  }
}
