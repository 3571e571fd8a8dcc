import type { Locality } from "./decision"
import type { ConnectFacts } from "./facts"
import type { Policy, Role, Scopes } from "./types"

/** One connect on its way through the rules: what is known of it once its form is right. */
export type Ask = {
  readonly facts: ConnectFacts
  readonly identity: { readonly deviceId: string; readonly publicKey: string }
  readonly role: Role
  readonly asked: Scopes
  readonly locality: Locality
  readonly policy: Policy
}
