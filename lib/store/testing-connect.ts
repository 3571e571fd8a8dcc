import { consoleAuthority } from "@/lib/pairing/authority"
import type { Actor } from "./actor"
import { type ConnectInput, connectDevice } from "./connect-device"
import type { Store } from "./store"

/** An admin at the console. */
export const admin = { kind: "admin", id: "admin-1", name: "Ada", authority: consoleAuthority } satisfies Actor

type Difference = Partial<Omit<ConnectInput, "net">> & { readonly from?: "loopback" | "lan"; readonly device?: string }

const nets = {
  loopback: {
    peerAddress: "127.0.0.1",
    host: "127.0.0.1:18789",
    origin: null,
    headers: {},
    trustedProxies: [],
    isControlUi: false,
  },
  lan: {
    peerAddress: "192.168.1.20",
    host: "gateway.lan:18789",
    origin: null,
    headers: {},
    trustedProxies: [],
    isControlUi: false,
  },
} as const

/** An ordinary connect: a device on the network asks for read with the shared secret. Tests name the difference. */
export function knock({ from = "lan", device = "dev-1", ...difference }: Difference = {}): ConnectInput {
  return {
    identity: { deviceId: device, publicKey: `key of ${device}` },
    role: "operator",
    scopes: ["operator.read"],
    auth: { kind: "token" },
    net: nets[from],
    metadata: {
      displayName: "Laptop",
      clientId: "cli",
      clientMode: "cli",
      clientVersion: "1.0.0",
      platform: "linux",
      deviceFamily: null,
      commands: [],
    },
    upstream: false,
    nowMs: 1_000_000,
    ...difference,
  }
}

/** What a device calls itself, as a difference of `knock`. */
export const called = (displayName: string) => ({ metadata: { ...knock().metadata, displayName } })

/** Asks, and waits: the id of the request. */
export async function askToWait(store: Store, input: ConnectInput): Promise<string> {
  const answer = await connectDevice(store, input)
  if (!answer.ok || answer.decision.kind !== "pending") throw new Error("Expected to wait.")
  return answer.decision.request.requestId
}
