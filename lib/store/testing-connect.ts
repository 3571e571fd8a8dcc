import { consoleAuthority } from "@/lib/pairing/authority"
import type { Actor } from "./actor"
import type { ConnectInput } from "./connect-device"

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
