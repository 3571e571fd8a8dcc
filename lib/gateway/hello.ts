import type { Scopes } from "@/lib/pairing/types"
import type { GatewaySettings } from "./settings"

/** The events that this gateway sends, as `hello-ok` advertises them. */
const events = [
  "connect.challenge",
  "device.pair.requested",
  "device.pair.resolved",
  "device.pair.changed",
  "tick",
  "shutdown",
]

type HelloFacts = {
  readonly protocol: number
  readonly version: string
  readonly connId: string
  readonly method: "token" | "device-token"
  readonly role: string
  readonly scopes: Scopes
  readonly token: { readonly secret: string; readonly issuedAtMs: number } | null
  readonly methods: readonly string[]
  readonly uptimeMs: number
  readonly settings: GatewaySettings
}

/**
 * The payload of `hello-ok`. `auth.scopes` are those of the live connection. Presence is left empty: nobody is
 * told here who else is connected.
 */
export function helloPayload({
  protocol,
  version,
  connId,
  method,
  role,
  scopes,
  token,
  settings,
  ...facts
}: HelloFacts) {
  return {
    type: "hello-ok",
    protocol,
    server: { version, connId },
    features: { methods: facts.methods, events, capabilities: [] },
    snapshot: {
      presence: [],
      health: {},
      stateVersion: { presence: 0, health: 0 },
      uptimeMs: facts.uptimeMs,
      authMode: "token",
    },
    auth: {
      method,
      role,
      scopes,
      ...(token === null ? {} : { deviceToken: token.secret, issuedAtMs: token.issuedAtMs }),
    },
    policy: {
      maxPayload: settings.maxFrameAfterLogin,
      maxBufferedBytes: settings.maxBufferedBytes,
      tickIntervalMs: settings.tickIntervalMs,
    },
  }
}
