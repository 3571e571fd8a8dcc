import { defaultRole } from "@/lib/pairing/role"
import type { ConnectParams } from "./frames"
import type { ProofReason } from "./refusals"
import { claimedId, type DeviceKey, isSignedBy, readDeviceKey } from "./signature"

type Challenge = { readonly nonce: string; readonly windowMs: number; readonly nowMs: number }

/**
 * Whether the client holds the key that it names: its id is that key's, the signature is fresh, over this
 * connection's nonce, and over everything else that it covers. The order of the checks is the protocol's.
 */
export function checkProof(
  params: ConnectParams,
  device: NonNullable<ConnectParams["device"]>,
  challenge: Challenge,
): { readonly ok: true; readonly key: DeviceKey } | { readonly ok: false; readonly because: ProofReason } {
  const key = readDeviceKey(device.publicKey)
  const deviceId = key === null ? claimedId(device.publicKey) : key.deviceId
  if (deviceId !== device.id) return { ok: false, because: "device-id-mismatch" }
  if (Math.abs(challenge.nowMs - device.signedAt) > challenge.windowMs) {
    return { ok: false, because: "device-signature-stale" }
  }
  if (device.nonce.trim() === "") return { ok: false, because: "device-nonce-missing" }
  if (device.nonce !== challenge.nonce) return { ok: false, because: "device-nonce-mismatch" }
  if (key === null) return { ok: false, because: "device-public-key" }

  const { client, auth } = params
  const isSigned = isSignedBy(key, device.signature, {
    deviceId: device.id,
    clientId: client.id,
    clientMode: client.mode,
    role: params.role ?? defaultRole,
    scopes: params.scopes ?? [],
    signedAtMs: device.signedAt,
    // An empty token counts as one: only an absent field gives way to the next.
    token: auth?.token ?? auth?.deviceToken ?? auth?.bootstrapToken ?? "",
    nonce: device.nonce,
    platform: client.platform,
    deviceFamily: client.deviceFamily ?? "",
  })
  if (!isSigned) return { ok: false, because: "device-signature" }
  return { ok: true, key }
}
