import { z } from "zod"
import { readRole } from "@/lib/pairing/role"
import type { Role } from "@/lib/pairing/types"
import { revokeToken } from "@/lib/store/revoke-token"
import { rotateToken } from "@/lib/store/rotate-token"
import type { Store } from "@/lib/store/store"
import { type Method, method, refuse } from "./rpc"

const id = z.string().min(1).max(256)

const rotateParams = z.strictObject({
  deviceId: id,
  role: z.string().min(1).max(64),
  scopes: z.array(z.string().min(1).max(256)).max(1024).optional(),
})

/** Tokens: rotate and revoke. Both refuse with one text whatever the reason, so that nothing can be guessed from it. */
export function tokenMethods(store: Store): readonly Method[] {
  return [
    method({
      isCommand: true,
      name: "device.token.rotate",
      params: rotateParams,
      async run(session, { deviceId, role: name, scopes }) {
        const role = readRole(name)
        // A name of no role is one that no device has: refused as an unknown device is.
        if (role === null) return refuse("device token rotation denied")
        // A secret is told to its own device and to nobody else.
        const isOwn = session.deviceId === deviceId
        const result = await rotateToken(store, {
          deviceId,
          role,
          scopes,
          mode: { kind: "at-once" },
          rememberNarrowing: false,
          isHandedOver: isOwn,
          actor: session.actor,
          nowMs: store.now(),
        })
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
      isCommand: true,
      name: "device.token.revoke",
      params: z.strictObject({ deviceId: id, role: z.string().min(1).max(64) }),
      async run(session, { deviceId, role: name }) {
        const role = readRole(name)
        if (role === null) return refuse("device token revocation denied")
        const result = await revokeToken(store, { deviceId, role, actor: session.actor, nowMs: store.now() })
        if (result.ok) return { ok: true, payload: { deviceId, role, revokedAtMs: result.token.revokedAtMs } }
        const isDone = result.because === "nothing-to-change"
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
