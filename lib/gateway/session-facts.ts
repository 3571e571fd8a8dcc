import { sessionAuthority } from "@/lib/pairing/authority"
import type { Standing } from "@/lib/pairing/standing"
import type { Admitted } from "./handshake"
import type { SessionFacts } from "./session"

/** Who a connection is that was let in, and with whose authority it acts. */
export function sessionFacts(admitted: Admitted): SessionFacts {
  const { knock, device, decision, method } = admitted
  const deviceId = device?.deviceId ?? null
  const authority = sessionAuthority(decision.granted, { by: method, deviceId })
  return {
    connId: knock.connId,
    deviceId,
    publicKey: device?.publicKey ?? null,
    role: decision.role,
    scopes: decision.granted,
    authority,
    actor: { kind: "wire", name: actorName(admitted), deviceId, authority, standing: standingOf(admitted) },
    secretGeneration: admitted.secretGeneration,
    address: knock.source.address,
    knock: { net: knock.net, metadata: admitted.metadata },
  }
}

function standingOf({ device, decision, token }: Admitted): Standing | null {
  if (device === null || token === null) return null
  return { publicKey: device.publicKey, role: decision.role, tokenId: token.tokenId }
}

function actorName({ device, decision, params }: Admitted): string {
  if (device === null) return decision.locality.local ? "local command line" : "remote command line"
  return decision.next.device?.metadata.displayName ?? params.client.id
}
