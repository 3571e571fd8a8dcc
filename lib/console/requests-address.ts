import type { PairingReason } from "@/lib/pairing/types"

/** Why a request may wait, in the order in which the list offers them as a filter. */
export const waitingReasons = [
  "not-paired",
  "scope-upgrade",
  "role-upgrade",
  "metadata-upgrade",
] as const satisfies readonly PairingReason[]

/** The reason that an address names; null where it names none that there is. */
export function parseReason(text: string | null): PairingReason | null {
  return waitingReasons.find((reason) => reason === text) ?? null
}

/** The address of the requests: those that wait for one reason, or for any, with one of them open. */
export function requestsHref({ id, reason }: { id?: string | null; reason?: PairingReason | null }): string {
  const query = new URLSearchParams()
  if (reason) query.set("reason", reason)
  if (id) query.set("id", id)
  return query.size === 0 ? "/requests" : `/requests?${query}`
}
