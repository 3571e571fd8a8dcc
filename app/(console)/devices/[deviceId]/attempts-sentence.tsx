import { formatDuration } from "@/components/format-time"
import { ScopeNames } from "@/components/scope-name"
import type { FoldedAttempts } from "@/lib/console/device-event-types"
import { allowSentences, rejectSentences } from "@/lib/pairing/explain"

const sentences: Readonly<Record<string, string>> = { ...allowSentences, ...rejectSentences }

/** Equal connects in one line: how many, in which time, and what they came to. */
export function AttemptsSentence({ attempts }: { attempts: FoldedAttempts }) {
  const { count, firstAtMs, lastAtMs, scopes, outcome, reason, role, address } = attempts
  return (
    <p className="wrap-anywhere">
      {count === 1
        ? "Connected once"
        : `${count.toLocaleString("en-GB")} connects in ${formatDuration(lastAtMs - firstAtMs)}`}{" "}
      as {role}
      {scopes.length > 0 && (
        <>
          , asking for <ScopeNames scopes={scopes} max={6} />
        </>
      )}
      : {outcome === "reject" ? "refused." : "let in."} <span className="text-ink-2">{sentences[reason]}</span>{" "}
      <span className="text-sm text-ink-3 tabular-nums">from {address}</span>
    </p>
  )
}
