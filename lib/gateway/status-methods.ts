import { z } from "zod"
import type { Store } from "@/lib/store/store"
import { type Method, method } from "./rpc"

/** Whether the gateway is well. */
export function statusMethods(store: Store): readonly Method[] {
  const startedAtMs = store.now()
  return [
    method({
      name: "health",
      isCommand: false,
      // Clients of other gateways ask with fields of their own; none of them changes this answer.
      params: z.looseObject({}),
      async run() {
        const sinceMs = store.now()
        await store.policy()
        return { ok: true, payload: { ok: true, ts: sinceMs, durationMs: store.now() - sinceMs } }
      },
    }),
    method({
      name: "status",
      isCommand: false,
      params: z.looseObject({}),
      async run() {
        const uptimeMs = store.now() - startedAtMs
        const { connections } = await store.presence.counts()
        return { ok: true, payload: { ok: true, ts: store.now(), uptimeMs, connections } }
      },
    }),
  ]
}
