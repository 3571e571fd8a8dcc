import { ArrowRightIcon } from "lucide-react"
import type { AuditRow } from "@/lib/console/types"
import { manualReasonSentences, pairingReasonTitles } from "@/lib/pairing/explain"
import { policyOptions } from "@/lib/pairing/policy-changes"
import { endInEntry, isList, keyWords, type SideValue, sideChanges, type ValueChange } from "./audit-changes"
import { neutralise } from "./neutralise"
import { durationWords, policyTextWords, policyWords } from "./policy-words"
import { Instant } from "./time-ago"

const inWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  reason: pairingReasonTitles,
  manual: manualReasonSentences,
}

/** What the sentence of an entry says already, or what says nothing to a reader. */
const said: readonly string[] = ["role", "granted", "declined", "mode", "email", "operatorToken", "nodeToken", "undoes"]

/** Before and after of an entry: a line for each value that differs, and what came with it in one more. */
export function AuditDiff({ row }: { row: AuditRow }) {
  const changes = sideChanges(row.before, row.after)
  const differing = changes.filter((change) => change.kind !== "fact")
  const facts = changes.filter((change) => change.kind === "fact").filter((fact) => isWorthALine(row, fact))
  const show = (key: string) => (value: SideValue) => <Value row={row} name={key} value={value} />
  return (
    <>
      {differing.length > 0 && (
        <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[minmax(7.5rem,max-content)_1fr]">
          {differing.map((change) => (
            <div key={change.key} className="grid gap-x-4 sm:col-span-2 sm:grid-cols-subgrid">
              <dt className="text-ink-3 sm:max-w-60">{label(row, change.key)}</dt>
              <dd className="min-w-0 text-ink-2 wrap-anywhere">
                <Change change={change} show={show(change.key)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {facts.length > 0 && (
        <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
          {facts.map((fact) => (
            <div key={fact.key} className="min-w-0">
              <dt className="mr-1.5 inline text-ink-3">{label(row, fact.key)}</dt>
              <dd className="inline text-ink-2 wrap-anywhere">{show(fact.key)(fact.value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

function isWorthALine({ after, action }: AuditRow, { key, value }: { key: string; value: SideValue }): boolean {
  if (said.includes(key) || value === false) return false
  if (action === "device.grant-extended" && (key === "extended" || key === "untilMs")) return false
  if (!isList(value)) return true
  const told = action === "request.filed" ? after?.scopes : after?.granted
  // The same list again, or nothing at all.
  return value.length > 0 && key !== "roles" && String(value) !== String(told)
}

function optionOf(row: AuditRow, key: string) {
  return row.action === "policy.changed" ? policyOptions.find((option) => option === key) : undefined
}

function label(row: AuditRow, key: string): string {
  const option = optionOf(row, key)
  return option === undefined ? keyWords(key) : policyWords[option].label
}

type Difference = Exclude<ValueChange, { kind: "fact" }>

function Change({ change, show }: { change: Difference; show: (value: SideValue) => React.ReactNode }) {
  if (change.kind === "value") {
    return (
      <span className="inline-flex flex-wrap items-center gap-x-1.5">
        <del className="text-ink-3 no-underline">
          <span className="sr-only">before: </span>
          {show(change.before)}
        </del>
        <ArrowRightIcon aria-hidden className="size-3.5 text-ink-3" />
        <ins className="text-ink no-underline">
          <span className="sr-only">after: </span>
          {show(change.after)}
        </ins>
      </span>
    )
  }
  return (
    <ul className="flex flex-wrap gap-x-2.5 gap-y-0.5">
      {change.kept.map((entry) => (
        <li key={entry}>
          <Entry text={entry} />
        </li>
      ))}
      {change.added.map((entry) => (
        <li key={entry} className="text-ok">
          <Mark sign="+" meaning="added" />
          <Entry text={entry} />
        </li>
      ))}
      {change.gone.map((entry) => (
        <li key={entry} className="text-danger">
          <Mark sign="−" meaning="gone" />
          <Entry text={entry} />
        </li>
      ))}
    </ul>
  )
}

function Entry({ text: entry }: { text: string }) {
  const { text, untilMs } = endInEntry(entry)
  return (
    <>
      <code>{neutralise(text, 100)?.text ?? ""}</code>
      {untilMs !== null && (
        <>
          {" "}
          until <Instant atMs={untilMs} />
        </>
      )}
    </>
  )
}

function Mark({ sign, meaning }: { sign: string; meaning: string }) {
  return (
    <>
      <span aria-hidden className="mr-1 font-semibold">
        {sign}
      </span>
      <span className="sr-only">{meaning} </span>
    </>
  )
}

function Value({ row, name, value }: { row: AuditRow; name: string; value: SideValue }) {
  const option = optionOf(row, name)
  if (option !== undefined && !isList(value)) return policyTextWords(option, value)
  if (value === null || value === "") return "none"
  if (typeof value === "boolean") return value ? "yes" : "no"
  if (typeof value === "string" && inWords[name]?.[value]) return inWords[name][value]
  if (typeof value === "string") return <span className="claimed">{neutralise(value, 300)?.text ?? "none"}</span>
  if (typeof value !== "number") return <List entries={value} />
  if (/(At|ntil)Ms$/.test(name)) return <Instant atMs={value} />
  return name.endsWith("Ms") ? durationWords(value) : String(value)
}

function List({ entries }: { entries: readonly string[] }) {
  if (entries.length === 0) return "none"
  return (
    <ul className="inline-flex flex-wrap gap-x-2.5 gap-y-0.5">
      {entries.map((entry) => (
        <li key={entry}>
          <Entry text={entry} />
        </li>
      ))}
    </ul>
  )
}
