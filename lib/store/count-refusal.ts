import type { Store } from "./store"

/**
 * Counts one refusal of something unauthenticated, by reason, address prefix and hour. Keeps nothing else of it, and
 * no more rows per hour than there are bounds for.
 */
export function countRefusal(
  store: Pick<Store, "observed">,
  refusal: { readonly reason: string; readonly address: string; readonly nowMs: number },
): void {
  store.observed.refused(refusal)
}
