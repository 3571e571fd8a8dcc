import { AuditSentence } from "@/components/audit-sentence"
import { neutralise } from "@/components/neutralise"
import { ScopeNames } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import { Badge } from "@/components/ui/badge"
import type { DeviceEvent } from "@/lib/console/device-event-types"
import type { AuditRow } from "@/lib/console/types"
import { laneSentences } from "@/lib/pairing/explain"
import { AttemptsSentence } from "./attempts-sentence"
import { FiledSentence } from "./filed-sentence"
import { RequestLink } from "./request-link"
import { listOf, textOf } from "./sides"

/** One line under "What happened": about this device, so it does not name it again. */
export function EventSentence({ event }: { event: DeviceEvent }) {
  if (event.kind === "attempts") return <AttemptsSentence attempts={event.attempts} />
  const { entry, request } = event
  const note = neutralise(entry.note, 500)?.text
  return (
    <p className="wrap-anywhere">
      {entry.action === "request.filed" ? (
        <FiledSentence entry={entry} request={request} />
      ) : (
        <Sentence entry={entry} />
      )}
      {entry.action !== "request.filed" && entry.actionName.startsWith("request.") && (
        <RequestLink request={request}> the request</RequestLink>
      )}
      {note && <q className="claimed ml-1.5 text-ink-2">{note}</q>}
    </p>
  )
}

function Sentence({ entry }: { entry: AuditRow }) {
  const role = textOf(entry, "role") ?? "operator"
  const who = <Who entry={entry} />
  switch (entry.action) {
    case "request.approved": {
      const [granted, declined] = [listOf(entry.after, "granted"), listOf(entry.after, "declined")]
      return (
        <>
          {who} approved{" "}
          {granted.length === 0 ? `the role ${role}, without scopes` : <ScopeNames scopes={granted} max={8} />}
          {declined.length > 0 && (
            <>
              {" "}
              and declined <ScopeNames scopes={declined} max={8} />
            </>
          )}
          <Until entry={entry} />.
        </>
      )
    }
    case "request.rejected":
      return <>{who} rejected what it asked for. </>
    case "request.reopened":
      return <>{who} reopened a rejected request. </>
    case "request.expired":
      return (
        <>
          Its request for <Asked entry={entry} /> expired before anybody decided it.{" "}
        </>
      )
    case "request.superseded":
      return <>It asked for something else, so its earlier request ended. </>
    case "device.approved-silently": {
      const lane = Object.entries(laneSentences).find(([name]) => name === entry.actor.name)?.[1]
      // A grant names all that was asked for; what it had already, it did not get.
      const had = listOf(entry.before, "approvedScopes")
      const all = listOf(entry.after, "granted")
      const fresh = all.filter((scope) => !had.includes(scope))
      const granted = fresh.length === 0 ? all : fresh
      return (
        <>
          Got {granted.length === 0 ? `the role ${role}` : <ScopeNames scopes={granted} max={8} />}{" "}
          <Badge tone="quiet">silently</Badge>. <span className="text-ink-2">{lane}</span>
        </>
      )
    }
    case "device.ceiling-lowered":
      return (
        <Removed entry={entry}>
          {textOf(entry, "undoes") === null ? "lowered the ceiling" : "undid an approval"}
        </Removed>
      )
    case "device.silent-taken-back":
      return <Removed entry={entry}>took back what it got silently</Removed>
    case "device.ceiling-raised":
      return (
        <>
          {who} approved <ScopeNames scopes={listOf(entry.after, "granted")} max={8} /> without a request
          <Until entry={entry} />.
        </>
      )
    case "device.grant-extended": {
      const extended = <ScopeNames scopes={listOf(entry.after, "extended")} max={8} />
      const untilMs = entry.after?.untilMs
      return typeof untilMs === "number" ? (
        <>
          {who} put off the end of {extended} until <Instant atMs={untilMs} />.
        </>
      ) : (
        <>
          {who} made {extended} last for good.
        </>
      )
    }
    case "device.withheld-released":
      return (
        <>
          {who} took the mark off <ScopeNames scopes={listOf(entry.after, "released")} max={8} />: it may be asked for
          again.
        </>
      )
    case "session.disconnected":
      return (
        <>
          {who} closed its connection{textOf(entry, "address") !== null && ` from ${textOf(entry, "address")}`}.
        </>
      )
    case "token.rotated":
      return <Rotated entry={entry} role={role} />
    case "token.revoked":
      return (
        <>
          {who} {textOf(entry, "undoes") === null ? "revoked" : "undid its approval: that revoked"} the {role} token.
        </>
      )
    case "token.picked-up":
      return <>It used its new {role} token for the first time.</>
    case "token.issued":
      return (
        <>
          It got a new {role} token with <Scopes scopes={listOf(entry.after, `${role}Scopes`)} />, within what was
          approved.
        </>
      )
    case "device.blocked":
      return <>{who} blocked its key.</>
    case "device.unblocked":
      return <>{who} unblocked its key.</>
    case "device.removed":
      return <>{who} removed it, with everything that was approved for it.</>
    case "device.imported":
      return (
        <>
          It was brought from another gateway, with <Scopes scopes={listOf(entry.after, "approvedScopes")} /> approved
          there.
        </>
      )
    case "device.renamed":
      return <Renamed entry={entry} />
    case "device.note-changed":
      return <>{who} changed the notes on it.</>
    default:
      return <AuditSentence row={entry} />
  }
}

function Removed({ entry, children }: { entry: AuditRow; children: string }) {
  return (
    <>
      <Who entry={entry} /> {children}: <ScopeNames scopes={listOf(entry.after, "removed")} max={8} /> removed from
      approved and token.
    </>
  )
}

function Rotated({ entry, role }: { entry: AuditRow; role: string }) {
  return (
    <>
      <Who entry={entry} /> rotated the {role} token to <Scopes scopes={listOf(entry.after, `${role}Scopes`)} />,{" "}
      {textOf(entry, "mode") === "at-once" ? "at once" : "on pickup"}. Approved scopes unchanged.
    </>
  )
}

function Renamed({ entry }: { entry: AuditRow }) {
  const label = entry.after?.label
  const name = typeof label === "string" ? neutralise(label)?.text : null
  return (
    <>
      <Who entry={entry} />{" "}
      {name ? (
        <>
          named it <b className="claimed font-semibold">{name}</b>.
        </>
      ) : (
        "took its name back."
      )}
    </>
  )
}

/** The end of what was granted for a time. */
function Until({ entry }: { entry: AuditRow }) {
  const untilMs = entry.after?.untilMs
  if (typeof untilMs !== "number") return null
  return (
    <>
      , until <Instant atMs={untilMs} />
    </>
  )
}

function Scopes({ scopes }: { scopes: readonly string[] }) {
  return scopes.length === 0 ? "no scopes" : <ScopeNames scopes={scopes} max={8} />
}

function Asked({ entry }: { entry: AuditRow }) {
  const scopes = listOf(entry.before, "scopes")
  return scopes.length === 0 ? (
    `the role ${textOf(entry, "role") ?? "operator"}`
  ) : (
    <ScopeNames scopes={scopes} max={6} />
  )
}

function Who({ entry: { actor } }: { entry: AuditRow }) {
  const name = neutralise(actor.name, 40)?.text ?? "Somebody"
  return (
    <>
      <b className="claimed font-semibold">{actor.kind === "system" ? "Gatehouse" : name}</b>
      {actor.kind === "wire" && " over the wire"}
    </>
  )
}
