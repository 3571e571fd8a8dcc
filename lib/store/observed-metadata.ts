import type { ConnectFacts } from "@/lib/pairing/facts"
import type { Device, DeviceRecord } from "@/lib/pairing/types"

/**
 * The record with the platform and device family that an admitted device reports now, or the same object when it
 * reports what is known or nothing. Names and clients are left alone: several clients share one key.
 */
export function withObserved(record: DeviceRecord, { metadata }: Pick<ConnectFacts, "metadata">): DeviceRecord {
  const { device } = record
  if (device === null) return record
  const platform = newer(device.metadata.platform, metadata.platform)
  const deviceFamily = newer(device.metadata.deviceFamily, metadata.deviceFamily)
  if (platform === device.metadata.platform && deviceFamily === device.metadata.deviceFamily) return record
  const changed: Device = { ...device, metadata: { ...device.metadata, platform, deviceFamily } }
  return { ...record, device: changed }
}

function newer(known: string | null, reported: string | null): string | null {
  if (reported === null || reported === "" || reported.toLowerCase() === known?.toLowerCase()) return known
  return reported
}
