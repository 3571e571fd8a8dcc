import type { Scopes } from "@/lib/pairing/types"
import type { Admitted } from "./handshake"
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

type HelloAuth = ReturnType<typeof helloAuth>

/** The part of `hello-ok` that says who the connection is; `scopes` are those of the live connection. */
export function helloAuth(
  { method, decision, token }: Pick<Admitted, "method" | "decision" | "token">,
  scopes: Scopes,
) {
  return {
    method,
    role: decision.role,
    scopes,
    ...(token === null ? {} : { deviceToken: token.secret, issuedAtMs: token.issuedAtMs }),
  }
}

type HelloFacts = {
  readonly protocol: number
  readonly version: string
  readonly connId: string
  readonly auth: HelloAuth
  readonly methods: readonly string[]
  readonly uptimeMs: number
  readonly settings: GatewaySettings
}

/**
 * The payload of `hello-ok`. Presence is left empty: nobody is told here who else is connected.
 */
export function helloPayload({ protocol, version, connId, auth, settings, ...facts }: HelloFacts) {
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
    auth,
    policy: {
      maxPayload: settings.maxFrameAfterLogin,
      maxBufferedBytes: settings.maxBufferedBytes,
      tickIntervalMs: settings.tickIntervalMs,
    },
  }
}
