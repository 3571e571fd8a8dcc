import { setTimeout as pause } from "node:timers/promises"
import type { ClientSource } from "@/lib/gateway/client-source"
import { checkSharedSecret } from "@/lib/gateway/shared-secret"
import type { Throttle } from "@/lib/gateway/throttle"
import { judgeBearer } from "@/lib/pairing/bearer"
import { countRefusal } from "@/lib/store/count-refusal"
import { readRecord } from "@/lib/store/load-record"
import type { Store } from "@/lib/store/store"
import type { Guard } from "./control-ui-routes"
import type { Handed, HandedTokens } from "./handed-tokens"

/** How a credential that came with a request was found. */
export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly because: "absent" | "not-good" | "too-little" }
  | { readonly ok: false; readonly because: "locked"; readonly retryAfterMs: number }

type Options = {
  readonly store: Store
  readonly throttle: Throttle
  readonly handed: HandedTokens
  readonly source: ClientSource
  readonly guard: Extract<Guard, { kind: "bearer" }>
}

const good: Verdict = { ok: true }
const not = (because: "absent" | "not-good" | "too-little"): Verdict => ({ ok: false, because })

/**
 * Judges what the page of the gateway behind presents over HTTP: a device token that was handed to a page here, or the
 * shared token, which opens little. Wrong ones count as they do in a connect.
 */
export async function judgeAuthorization(authorization: string | undefined, options: Options): Promise<Verdict> {
  const { store, throttle, handed, source, guard } = options
  const secret = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1]
  if (secret === undefined) return not("absent")
  const owner = handed.ownerOf(secret)
  if (owner !== null) return judgeHanded(store, owner, guard.needs)

  const lockedForMs = throttle.lockedForMs("shared-secret", source)
  if (lockedForMs !== null) return { ok: false, because: "locked", retryAfterMs: lockedForMs }
  if (checkSharedSecret({ token: secret }, store.sharedSecret.current()) === "ok") {
    throttle.succeed("shared-secret", source)
    return guard.takesSharedToken ? good : not("too-little")
  }
  const { delayMs } = throttle.fail("shared-secret", source)
  countRefusal(store, { reason: "bearer_mismatch", address: source.address, nowMs: store.now() })
  await pause(delayMs)
  return not("not-good")
}

/** Whether a token still opens anything is asked of the store each time: it may have been revoked since. */
async function judgeHanded(store: Store, { deviceId, tokenId }: Handed, needed: string): Promise<Verdict> {
  const { policy } = await store.policy()
  const nowMs = store.now()
  const record = await readRecord(store, { deviceId, pendingTtlMs: policy.pendingTtlMs, nowMs })
  const refusal = judgeBearer(record, { tokenId, needed, nowMs })
  if (refusal === null) return good
  return not(refusal === "missing-scope" ? "too-little" : "not-good")
}
