import { neutralise } from "@/components/neutralise"
import { Instant, TimeAgo } from "@/components/time-ago"
import type { PairedView } from "@/lib/console/device-types"
import { approvedViaInWords } from "../device-words"
import { TagChips } from "../tag-chips"

/** The few facts under the name of a device. What it says of itself is marked as such. */
export function DeviceFacts({ paired, isOnline }: { paired: PairedView; isOnline: boolean }) {
  const shown = (text: string | null) => neutralise(text, 48)?.text ?? null
  const client = [paired.clientId, paired.clientVersion].map(shown).filter((text) => text !== null)
  const [platform, family] = [shown(paired.platform), shown(paired.deviceFamily)]
  // Many say the same twice: "linux Linux".
  const isSaid = family !== null && platform?.toLowerCase().startsWith(family.toLowerCase())
  const machine = [platform, isSaid ? null : family].filter((text) => text !== null)
  const claims = [client.join(" "), machine.join(" ")].filter((text) => text !== "").join(", ")
  const ownName = paired.label === null ? null : shown(paired.displayName)
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      <Fact name="role">{paired.roles.length === 0 ? "none" : paired.roles.map(({ role }) => role).join(" and ")}</Fact>
      {ownName !== null && (
        <Fact name="calls itself">
          <bdi className="claimed">{ownName}</bdi>
        </Fact>
      )}
      {claims !== "" && (
        <Fact name="client">
          <bdi className="claimed">{claims}</bdi>
        </Fact>
      )}
      <Fact name="paired">
        <Instant atMs={paired.pairedAtMs} style="day" />{" "}
        {paired.approvedVia === "person" ? paired.approvedBy && `by ${paired.approvedBy}` : how(paired.approvedVia)}
      </Fact>
      <Fact name="seen">
        {isOnline ? "now" : paired.lastSeenAtMs === null ? "never" : <TimeAgo atMs={paired.lastSeenAtMs} />}
        {paired.lastAddress !== null && `, ${paired.lastAddress}`}
      </Fact>
      {paired.tags.length > 0 && (
        <Fact name="tags">
          <span className="flex flex-wrap gap-1">
            <TagChips tags={paired.tags} />
          </span>
        </Fact>
      )}
      {paired.plainConnects > 0 && (
        <Fact name="connects">{`${paired.plainConnects.toLocaleString("en-GB")} let in with what was asked`}</Fact>
      )}
    </dl>
  )
}

function how(via: string): string {
  const words = approvedViaInWords(via)
  return words.charAt(0).toLowerCase() + words.slice(1)
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 text-ink-2 wrap-anywhere">{children}</dd>
    </div>
  )
}
