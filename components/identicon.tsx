import { cn } from "@/lib/utils"

/** The bytes of a device id, which is the hash of its key; other ids give the codes of their characters. */
function bytesOf(deviceId: string): readonly number[] {
  const pairs = /^[0-9a-f]{2,}$/i.test(deviceId) ? deviceId.match(/../g) : null
  return pairs ? pairs.map((pair) => Number.parseInt(pair, 16)) : [...deviceId].map((letter) => letter.charCodeAt(0))
}

function cells(bytes: readonly number[]): string {
  const bit = (index: number) => (bytes[index >> 3] ?? 0) & (1 << (index & 7))
  const squares: string[] = []
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 3; column++) {
      if (!bit(row * 3 + column)) continue
      for (const x of new Set([column, 4 - column])) squares.push(`M${6 + x * 6.4} ${6 + row * 6.4}h6.4v6.4h-6.4z`)
    }
  }
  return squares.join("")
}

/** A small figure drawn from the key of a device, so that two devices with one name do not look alike. */
export function Identicon({ deviceId, className }: { deviceId: string; className?: string }) {
  const bytes = bytesOf(deviceId)
  const hue = Math.round((((bytes[2] ?? 0) * 256 + (bytes[3] ?? 0)) / 65536) * 360)
  return (
    <svg
      viewBox="0 0 44 44"
      aria-hidden="true"
      className={cn("identicon size-11 shrink-0 rounded-lg", className)}
      style={{ "--hue": hue }}
    >
      <rect width="44" height="44" />
      <path d={cells(bytes)} />
    </svg>
  )
}
