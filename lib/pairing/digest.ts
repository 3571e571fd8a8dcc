import type { DeviceRecord, PendingRequest } from "./types"

/**
 * The canonical text of what an admin is shown before an approval: the request with its content and the revision
 * of the device's rights. Neither tries nor times, or a device that retries could never be approved. Its hash is
 * the digest that an approval in the console names.
 * Source: design, Digest.
 */
export function digestText(record: DeviceRecord, request: PendingRequest): string {
  const { displayName, clientId, clientMode, platform, deviceFamily, commands } = request.metadata
  return JSON.stringify([
    request.requestId,
    request.publicKey,
    request.role,
    request.reason,
    request.scopes,
    [displayName, clientId, clientMode, platform, deviceFamily, commands],
    [record.device?.publicKey ?? null, record.device?.revision ?? null],
  ])
}
