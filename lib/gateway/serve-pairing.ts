import type { Authority } from "@/lib/pairing/types"
import type { Gateway, Served } from "./gateway"
import type { Admitted } from "./handshake"
import { helloPayload } from "./hello"
import { createDispatcher } from "./rpc"
import { createSession, type Session, type SessionFacts, type Wire } from "./session"

/** Serves the pairing methods to a connection that was let in, after telling it so. */
export function servePairing(gateway: Gateway, admitted: Admitted, wire: Wire): Served {
  const { sessions, methods } = gateway
  const settings = gateway.settings()
  const session = createSession(sessionFacts(admitted), wire, settings.maxBufferedBytes)
  sessions.add(session, admitted.params.client.id, Date.now())
  session.respond(admitted.requestId, { ok: true, payload: hello(gateway, admitted, session) })
  if (admitted.isCutOff()) session.cutOff(4001, "rights changed")

  const dispatcher = createDispatcher(session, methods, settings.maxRequestsInWork)
  return { receive: dispatcher.receive, ended: () => sessions.drop(session) }
}

function sessionFacts(admitted: Admitted): SessionFacts {
  const { knock, device, decision, method } = admitted
  const deviceId = device?.deviceId ?? null
  // Only a session that a device token opened is the device's own (R13).
  const authority: Authority = { scopes: decision.granted, deviceId: method === "device-token" ? deviceId : null }
  return {
    connId: knock.connId,
    deviceId,
    publicKey: device?.publicKey ?? null,
    role: decision.role,
    scopes: decision.granted,
    authority,
    actor: { kind: "wire", name: actorName(admitted), deviceId, authority },
    secretGeneration: admitted.secretGeneration,
    address: knock.source.address,
    knock: { net: knock.net, metadata: admitted.metadata },
  }
}

function actorName({ device, decision, params }: Admitted): string {
  if (device === null) return decision.locality.local ? "local command line" : "remote command line"
  return decision.next.device?.metadata.displayName ?? params.client.id
}

function hello({ methods, version, settings, startedAtMs }: Gateway, admitted: Admitted, session: Session) {
  return helloPayload({
    protocol: admitted.protocol,
    version,
    connId: session.connId,
    method: admitted.method,
    role: session.role,
    scopes: session.scopes,
    token: admitted.token,
    methods: [...methods.values()].filter((method) => method.roles.includes(session.role)).map((method) => method.name),
    uptimeMs: Date.now() - startedAtMs,
    settings: settings(),
  })
}
