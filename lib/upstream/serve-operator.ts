import type { Gateway, Served } from "@/lib/gateway/gateway"
import type { Admitted } from "@/lib/gateway/handshake"
import type { Wire } from "@/lib/gateway/session"
import { backendParams, copiedFrom } from "./backend"
import { dial } from "./dial"
import type { Door } from "./door"
import { scopesToAsk } from "./scopes"
import { serveRelayed } from "./serve-relayed"

/** Serves an operator as a local backend of the gateway behind, which keeps exactly the scopes that it asks. */
export function serveOperator(door: Door, gateway: Gateway, admitted: Admitted, wire: Wire): Served {
  const { link, queue, spares, ids, dialMs } = door
  const scopes = scopesToAsk(admitted.decision.granted)
  const displayName = admitted.metadata.displayName ?? admitted.params.client.id
  const copied = copiedFrom(admitted.params)
  return serveRelayed(door, gateway, admitted, wire, {
    asked: scopes,
    translation: ids.translation,
    dial: ({ over }) =>
      queue.run(
        () =>
          dial(link.target, {
            scopes,
            timeoutMs: dialMs,
            signal: over,
            ahead: spares.take(scopes),
            compose: () => backendParams(link.target, { scopes, displayName, copied }),
          }),
        over,
      ),
    onServed: () => spares.served(scopes),
  })
}
