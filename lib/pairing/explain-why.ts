import { ruleInWords } from "./explain-rule"
import type { Cause, WhyAnswer } from "./why"

/** A piece of an answer: words, or something that the page sets apart. */
export type WhyPart =
  | string
  | { readonly kind: "scope"; readonly scope: string }
  | { readonly kind: "instant"; readonly atMs: number }
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "request"; readonly requestId: string }

/** Whether the answer is yes, no, or that nobody knows. */
export function verdictOf({ kind }: WhyAnswer): "yes" | "no" | "unknown" {
  if (kind === "unknown-method") return "unknown"
  return kind === "can" || kind === "needs-nothing" ? "yes" : "no"
}

/** An answer in sentences; `scope` is the one that was asked about, null where there is none. */
export function explainWhy(answer: WhyAnswer, scope: string | null): readonly WhyPart[] {
  const named: WhyPart = scope === null ? "it" : { kind: "scope", scope }
  const held = (through: string): readonly WhyPart[] =>
    through === scope ? [named] : [{ kind: "scope", scope: through }, ", which includes ", named, ","]
  switch (answer.kind) {
    case "needs-nothing":
      return ["Every paired device may call this: it needs no scope."]
    case "unknown-method":
      return ["This release does not know which scope that method needs."]
    case "can":
      return [
        "Its token holds ",
        ...held(answer.through),
        ...(answer.inTokenSinceMs === null ? [] : [" since ", instant(answer.inTokenSinceMs)]),
        ...(answer.granted === null
          ? [". When that was approved is not written down any more."]
          : [". It was approved ", ...how(answer.granted), "."]),
      ]
    case "not-paired":
      return ["It is not paired", ...(answer.ended === null ? [""] : [": that ended ", ...how(answer.ended)]), "."]
    case "blocked":
      return ["Its key is blocked: whatever it asks is refused."]
    case "revoked":
      return [
        ...held(answer.through),
        " is approved, but the token was revoked",
        ...after(answer.cause),
        ". Only an approval of the role brings it back.",
      ]
    case "narrowed":
      return [
        ...held(answer.through),
        " is approved, but was narrowed out of the token",
        ...after(answer.cause),
        ". A reconnect with the shared token may use it again.",
      ]
    case "no-token":
      return [...held(answer.through), " is approved, but no token was issued yet. It gets one when it next connects."]
    case "withheld":
      return [
        named,
        " is withheld",
        ...(answer.cause === null ? [] : [", since ", ...how(answer.cause)]),
        ". Only an approval, or taking the mark off, changes that.",
      ]
    case "taken-out":
      return [named, " was taken out of the approved scopes", ...after(answer.cause), "."]
    case "grant-ended":
      return ["The grant of ", named, " ended", ...after(answer.cause), "."]
    case "asked":
      return [named, " was asked", ...after(answer.cause), ", and never approved."]
    case "never-asked":
      return [named, " was never approved, and as far as is written down never asked for."]
  }
}

const instant = (atMs: number): WhyPart => ({ kind: "instant", atMs })

function after(cause: Cause | null): readonly WhyPart[] {
  return cause === null ? [] : [" ", ...how(cause)]
}

/** "on 3 May by Mara, by this request". */
function how({ atMs, actor, silent, requestId }: Cause): readonly WhyPart[] {
  const who: readonly WhyPart[] =
    silent || actor.kind === "rule"
      ? [` silently, by ${ruleInWords(actor.name)}`]
      : actor.kind === "device"
        ? [" by the device"]
        : actor.kind === "system"
          ? [" by Gatehouse"]
          : [" by ", { kind: "name", text: actor.name }, ...(actor.kind === "wire" ? [", over the wire"] : [])]
  const request: readonly WhyPart[] = requestId === null ? [] : [", by ", { kind: "request", requestId }]
  return [instant(atMs), ...who, ...request]
}
