import { neutralise } from "@/components/neutralise"
import { Instant } from "@/components/time-ago"
import type { Provenance } from "@/lib/console/device-types"

/** "20 Aug, Mara"; "27 Aug, silent" where a rule did it, and "silent, confirmed" where a person has approved it since. */
export function ProvenanceText({ provenance, isSilent }: { provenance: Provenance | null; isSilent?: boolean }) {
  if (provenance === null) return null
  const { atMs, actor, silent } = provenance
  const name = neutralise(actor.name, 32)?.text ?? actor.kind
  const how = isSilent ? "silent" : silent ? "silent, confirmed" : name
  return (
    <span>
      <Instant atMs={atMs} style="day" />, {how}
    </span>
  )
}
