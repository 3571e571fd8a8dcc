import type { Store } from "./store"

/** How the gateway behind this one is told that it may serve. */
export type SecretKind = "token" | "password"

export type StoredUpstream = {
  readonly url: string
  /** Null where it was encrypted under a server key that is not known any more: it has to be given again. */
  readonly secret: { readonly kind: SecretKind; readonly value: string } | null
}

/** What the secret of the gateway behind this one is encrypted for. */
export const upstreamSecretUse = "upstream-secret"

/** The gateway behind this one, with its secret, as an owner set it; null where there is none. Never for a page. */
export async function loadUpstream(store: Pick<Store, "db" | "keys">): Promise<StoredUpstream | null> {
  const row = await store.db.upstream.findUnique({ where: { id: 1 } })
  if (row === null) return null
  const value = store.keys.open(upstreamSecretUse, row.secretSealed)
  return { url: row.url, secret: value === null ? null : { kind: toSecretKind(row.secretKind), value } }
}

function toSecretKind(text: string): SecretKind {
  if (text === "token" || text === "password") return text
  throw new Error(`The database holds an unexpected kind of secret: ${text.slice(0, 80)}`)
}

/** Whether a text is an address that a gateway may have: ws:// or wss://, without a name, a password or a fragment. */
export function isGatewayAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, hash } = new URL(text)
  return (protocol === "ws:" || protocol === "wss:") && hostname !== "" && username + password + hash === ""
}
