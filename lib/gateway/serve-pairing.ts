import { hasMethod } from "@/lib/pairing/may-call"
import type { Gateway, Served } from "./gateway"
import type { Admitted } from "./handshake"
import { helloAuth, helloPayload } from "./hello"
import { createDispatcher } from "./rpc"
import { createSession, type Session, type Wire } from "./session"
import { sessionFacts } from "./session-facts"

/** Serves the pairing methods to a connection that was let in, after telling it so. */
export function servePairing(gateway: Gateway, admitted: Admitted, wire: Wire): Served {
  const { sessions, methods } = gateway
  const settings = gateway.settings()
  const session = createSession(sessionFacts(admitted), wire, {
    maxBufferedBytes: settings.maxBufferedBytes,
    events: "own",
  })
  wire.liftFrameLimit()
  sessions.add(session, admitted.params.client.id, gateway.store.now())
  session.respond(admitted.requestId, { ok: true, payload: hello(gateway, admitted, session) })
  if (admitted.isCutOff()) session.cutOff(4001, "rights changed")

  const dispatcher = createDispatcher(session, methods, settings.maxRequestsInWork)
  return { receive: dispatcher.receive, ended: () => sessions.drop(session) }
}

function hello({ store, methods, version, settings, startedAtMs }: Gateway, admitted: Admitted, session: Session) {
  return helloPayload({
    protocol: admitted.protocol,
    version,
    connId: session.connId,
    auth: helloAuth(admitted, session.scopes),
    methods: [...methods.values()].map(({ name }) => name).filter((name) => hasMethod(session.role, name)),
    uptimeMs: store.now() - startedAtMs,
    settings: settings(),
  })
}
