import { z } from "zod"
import type { Role } from "@/lib/pairing/types"
import { revokeToken } from "@/lib/store/revoke-token"
import { rotateToken } from "@/lib/store/rotate-token"
import type { Store } from "@/lib/store/store"
import { type Method, method, refuse } from "./rpc"

const id = z.string().min(1).max(256)
const base = { roles: ["operator"], scope: "operator.pairing", isCommand: true } as const

// Any other role is one that no device has: the same refusal as for an unknown device.
const isRole = (text: string): text is Role => text === "operator" || text === "node"

const rotateParams = z.strictObject({
  deviceId: id,
  role: z.string().min(1).max(64),
  scopes: z.array(z.string().min(1).max(256)).max(1024).optional(),
})

/** Tokens: rotate and revoke. Both refuse with one text whatever the reason, so that nothing can be guessed from it. */
export function tokenMethods(store: Store): readonly Method[] {
  return [
    method({
      ...base,
      name: "device.token.rotate",
      params: rotateParams,
      async run(session, { deviceId, role, scopes }) {
        const nowMs = Date.now()
        // A secret is told to its own device and to nobody else.
        const isOwn = session.deviceId === deviceId
        const result = isRole(role)
          ? await rotateToken(store, {
              deviceId,
              role,
              scopes,
              mode: { kind: "at-once" },
              rememberNarrowing: false,
              isHandedOver: isOwn,
              actor: session.actor,
              nowMs,
            })
          : ({ ok: false } as const)
        if (!result.ok) return refuse("device token rotation denied")
        const payload = {
          deviceId,
          role,
          ...(isOwn ? { token: result.secret } : {}),
          scopes: result.token.scopes,
          rotatedAtMs: result.token.issuedAtMs,
          tokenDelivery: isOwn ? "in-band" : "withheld-cross-device",
        }
        return { ok: true, payload }
      },
    }),
    method({
      ...base,
      name: "device.token.revoke",
      params: z.strictObject({ deviceId: id, role: z.string().min(1).max(64) }),
      async run(session, { deviceId, role }) {
        const nowMs = Date.now()
        const result = isRole(role)
          ? await revokeToken(store, { deviceId, role, actor: session.actor, nowMs })
          : ({ ok: false, because: "unknown-device-or-role" } as const)
        if (result.ok) return { ok: true, payload: { deviceId, role, revokedAtMs: result.token.revokedAtMs } }
        const isDone = result.because === "nothing-to-change" && isRole(role)
        const revokedAtMs = isDone ? await revokedAt(store, deviceId, role) : null
        if (revokedAtMs === null) return refuse("device token revocation denied")
        return { ok: true, payload: { deviceId, role, revokedAtMs } }
      },
    }),
  ]
}

// Revoking twice is no error: the answer names the instant at which the token ended.
async function revokedAt(store: Store, deviceId: string, role: Role): Promise<number | null> {
  const key = { deviceId_role: { deviceId, role } }
  const token = await store.db.token.findUnique({ where: key, select: { revokedAtMs: true } })
  return token?.revokedAtMs ?? null
}
