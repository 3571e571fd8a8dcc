import { formatDuration } from "@/components/format-time"
import { neutralise } from "@/components/neutralise"
import { ScopeNames } from "@/components/scope-name"
import type { LiveSession, RoleView } from "@/lib/console/device-types"
import { covers, uncovered } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"
import { type Effect, hasLiveToken } from "./edit-choice"
import type { Mode } from "./mode-choice"

/** What follows from what an edit changes, and which live connections it closes. */
export function EditPreview({
  role,
  effect,
  time,
  release,
  mode,
  graceMs,
  sessions,
}: {
  role: RoleView
  effect: Effect
  /** For how long what is given lasts, as it goes on a sentence; empty for good. */
  time: string
  release: Scopes
  mode: Mode
  graceMs: number
  sessions: readonly LiveSession[]
}) {
  const { plan, token, isRotated, closes } = effect
  return (
    <section
      aria-label="What will happen"
      className="grid gap-2 rounded-lg border border-line bg-ground p-3.5 text-sm text-ink-2"
    >
      <h3 className="font-semibold text-ink">What will happen</h3>
      {effect.isNothing ? (
        <p>Nothing is changed yet.</p>
      ) : (
        <ul className="grid list-disc gap-1.5 pl-4.5">
          <Given given={plan.given} time={time} isLive={hasLiveToken(role)} />
          {plan.taken.length > 0 && (
            <li>
              <ScopeNames scopes={plan.taken} max={8} /> {plan.taken.length === 1 ? "leaves" : "leave"} what is approved
              and the token, and no rule brings it back: this is what lasts.
            </li>
          )}
          <Within within={plan.within} given={plan.given} />
          {release.length > 0 && (
            <li>
              <ScopeNames scopes={release} max={8} /> may be asked for again, and where the policy grants silently, a
              rule may grant it without asking anybody. Nothing is granted now.
            </li>
          )}
          {isRotated && (
            <Rotated before={token?.before ?? []} after={token?.after ?? []} mode={mode} graceMs={graceMs} />
          )}
          <Closing sessions={closes ? sessions : []} />
        </ul>
      )}
    </section>
  )
}

function Given({ given, time, isLive }: { given: Scopes; time: string; isLive: boolean }) {
  if (given.length === 0) return null
  return (
    <li>
      You approve <ScopeNames scopes={given} max={8} />
      {time} without a request; it is recorded as your approval.{" "}
      {time !== "" && "Then it ends by itself, and connections that use it close. "}
      {isLive && "The token that the device has opens the door until it first uses the new one."}
    </li>
  )
}

function Within({ within, given }: { within: Scopes; given: Scopes }) {
  if (within.length === 0) return null
  const isOne = within.length === 1
  return (
    <li>
      <ScopeNames scopes={within} max={8} /> {isOne ? "stays" : "stay"} in effect within{" "}
      <ScopeNames scopes={given.filter((scope) => covers([scope], within.slice(0, 1)))} />.{" "}
      {isOne ? "Its own name is" : "Their own names are"} taken out, so {isOne ? "it goes" : "they go"} when that is
      taken away or ends.
    </li>
  )
}

function Rotated({ before, after, mode, graceMs }: { before: Scopes; after: Scopes; mode: Mode; graceMs: number }) {
  const lost = uncovered(after, before)
  return (
    <>
      <li>
        {mode === "at-once"
          ? "The token is replaced, and the old one is dead when this is done."
          : `The token is replaced. For ${formatDuration(graceMs)} at most, the old one lets the device in within the new scopes, and hands it the new one.`}
      </li>
      {lost.length > 0 && (
        <li>
          <ScopeNames scopes={lost} max={8} /> {lost.length === 1 ? "leaves" : "leave"} the token only. A reconnect with
          the shared token may still use everything that is approved.
        </li>
      )}
    </>
  )
}

function Closing({ sessions }: { sessions: readonly LiveSession[] }) {
  if (sessions.length === 0) return <li>No live connection is closed.</li>
  return (
    <li>
      {sessions.length === 1 ? "1 live connection is" : `${sessions.length} live connections are`} closed; clients
      connect again by themselves:
      <ul aria-label="Connections that close" className="mt-1 grid gap-0.5">
        {sessions.map((session) => (
          <li key={session.connId} className="tabular-nums">
            {session.address}{" "}
            <span className="claimed text-ink-3">{neutralise(session.client, 60)?.text ?? "unnamed client"}</span>
          </li>
        ))}
      </ul>
    </li>
  )
}
