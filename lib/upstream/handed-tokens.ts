import { createHash } from "node:crypto"
import type { Serve } from "@/lib/gateway/gateway"

export type Handed = { readonly deviceId: string; readonly tokenId: string }

export type HandedTokens = {
  /** Serves as before, and notes the token that an operator of the page of the gateway behind is handed. */
  readonly serving: (serve: Serve) => Serve
  /** Whose token that is; null when it was not handed out here, or long ago. */
  readonly ownerOf: (secret: string) => Handed | null
}

// Whose token one is cannot be seen from it. The page takes it from its own connection, so the latest suffice.
const mostRemembered = 10_000

/** Remembers to which device a token was handed, for when it comes back without saying so. Tokens are kept as hashes. */
export function createHandedTokens(most = mostRemembered): HandedTokens {
  const owners = new Map<string, Handed>()

  function note(secret: string, owner: Handed) {
    const key = digest(secret)
    // Set again, so that the order of the map is the order of last use.
    owners.delete(key)
    owners.set(key, owner)
    const oldest = owners.keys().next()
    if (owners.size > most && !oldest.done) owners.delete(oldest.value)
  }

  return {
    serving: (serve) => (gateway, admitted, wire) => {
      const { device, token, knock, decision } = admitted
      if (knock.net.isControlUi && decision.role === "operator" && device !== null && token !== null) {
        note(token.secret, { deviceId: device.deviceId, tokenId: token.tokenId })
      }
      return serve(gateway, admitted, wire)
    },
    ownerOf: (secret) => owners.get(digest(secret)) ?? null,
  }
}

function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url")
}
