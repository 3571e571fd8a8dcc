import type { DeviceRecord, PendingRequest, Refused } from "./types"

export type Blocking = {
  readonly ok: true
  readonly next: DeviceRecord
  /** Requests of that key that end with it. */
  readonly dropped: readonly PendingRequest[]
}

/**
 * Blocks a key: whatever it asks is refused, and its requests end. Its rights stay on record, so that unblocking
 * restores them; so do its rejections, which cannot be reopened before. Refuses with `nothing-to-change` when it is blocked already.
 * Source: design, Block.
 */
export function block(record: DeviceRecord, publicKey: string): Blocking | Refused {
  if (record.blockedKeys.includes(publicKey)) return { ok: false, because: "nothing-to-change" }
  const isOfKey = (request: PendingRequest) => request.publicKey === publicKey
  return {
    ok: true,
    next: {
      ...bumped(record),
      blockedKeys: [...record.blockedKeys, publicKey],
      requests: record.requests.filter((request) => !isOfKey(request)),
    },
    dropped: record.requests.filter(isOfKey),
  }
}

/**
 * Lifts the block of a key; its rights are what they were. Refuses with `nothing-to-change` when there is none
 * (design, Block).
 */
export function unblock(
  record: DeviceRecord,
  publicKey: string,
): { readonly ok: true; readonly next: DeviceRecord } | Refused {
  if (!record.blockedKeys.includes(publicKey)) return { ok: false, because: "nothing-to-change" }
  const blockedKeys = record.blockedKeys.filter((key) => key !== publicKey)
  return { ok: true, next: { ...bumped(record), blockedKeys } }
}

function bumped(record: DeviceRecord): DeviceRecord {
  return record.device === null
    ? record
    : { ...record, device: { ...record.device, revision: record.device.revision + 1 } }
}
