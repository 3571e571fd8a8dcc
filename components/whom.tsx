import { Fingerprint } from "@/components/fingerprint"

/** Whom a question is about: the name, and the fingerprint to compare, for a name is only a claim. */
export function Whom({
  deviceId,
  from,
  children,
}: {
  deviceId: string
  /** Where it asks from. */
  from?: string
  /** The name. */
  children: React.ReactNode
}) {
  return (
    <div className="grid gap-1 rounded-lg border border-line bg-ground px-4 py-3">
      <strong className="font-semibold wrap-anywhere">{children}</strong>
      <Fingerprint deviceId={deviceId} className="text-lg text-ink" />
      {from !== undefined && <span className="text-sm text-ink-2">from {from}</span>}
    </div>
  )
}
