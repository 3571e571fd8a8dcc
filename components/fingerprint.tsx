import { cn } from "@/lib/utils"

/** The first 64 bits of a device id in four groups, to compare by eye with what the device shows of itself. */
export function fingerprintOf(deviceId: string): string {
  const groups =
    deviceId
      .slice(0, 16)
      .toUpperCase()
      .match(/.{1,4}/g) ?? []
  return [groups.slice(0, 2).join(" "), groups.slice(2).join(" ")].filter((half) => half !== "").join(" · ")
}

export function Fingerprint({ deviceId, className }: { deviceId: string; className?: string }) {
  return (
    <code title={`Device id ${deviceId}`} className={cn("whitespace-nowrap text-ink-2", className)}>
      <span className="sr-only">Fingerprint </span>
      {fingerprintOf(deviceId)}
    </code>
  )
}

/** Its first 32 bits, where there is room for no more: enough to tell the keys of one machine apart, not to compare. */
export function ShortFingerprint({ deviceId, className }: { deviceId: string; className?: string }) {
  return (
    <code title={`Device id ${deviceId}`} className={cn("text-xs whitespace-nowrap text-ink-3", className)}>
      <span className="sr-only">Fingerprint begins </span>
      {fingerprintOf(deviceId.slice(0, 8))}
    </code>
  )
}
