import { neutralise } from "@/components/neutralise"
import { shortScope } from "@/components/scope-name"
import type { LaneMark, ScopeHistory } from "@/lib/console/device-history-types"
import type { AuditRow } from "@/lib/console/types"
import { ruleInWords } from "@/lib/pairing/explain-rule"

/** What each kind of mark says. */
export const markWords: Record<LaneMark["kind"], string> = {
  asked: "asked",
  approved: "approved",
  silent: "approved silently",
  extended: "extended",
  declined: "declined",
  withheld: "withheld",
  lowered: "taken out of the approved scopes",
  ended: "ended",
  narrowed: "narrowed out of the token",
  revoked: "revoked",
}

type Turn = ScopeHistory["turns"][number]

/** What a command that concerns a token or the ceiling as a whole did, in a few words. */
export function turnWords({ kind, role, scopes }: Turn): string {
  switch (kind) {
    case "rotated":
      return scopes.length === 0 ? "rotated" : `rotated to ${scopes.map(shortScope).join(", ")}`
    case "revoked":
      return role === null ? "revoked" : `${role} revoked`
    case "lowered":
      return "ceiling lowered"
    case "raised":
      return "more approved"
    case "removed":
      return "device removed"
    case "taken-back":
      return "silent grant taken back"
  }
}

/** Who or which rule, as the end of a sentence. */
export function byWhom(actor: AuditRow["actor"]): string {
  const name = neutralise(actor.name, 40)?.text ?? "somebody"
  switch (actor.kind) {
    case "rule":
      return `by ${ruleInWords(name)}`
    case "device":
      return "by the device"
    case "system":
      if (actor.name === "import") return "elsewhere, before the import"
      return actor.name === "end date" ? "by its end date" : "by Gatehouse"
    case "wire":
      return `by ${name}, over the wire`
    case "admin":
      return `by ${name}`
  }
}
