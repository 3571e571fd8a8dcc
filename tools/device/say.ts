import type { AgentNews } from "./agent"

const list = (scopes: readonly string[]) => (scopes.length === 0 ? "no scopes" : scopes.join(", "))

function minutesUntil(atMs: unknown): string {
  if (typeof atMs !== "number") return ""
  const seconds = Math.max(0, Math.round((atMs - Date.now()) / 1000))
  return `, open for another ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

const closeMeanings: Record<number, string> = {
  1006: "the connection broke",
  1012: "the server restarts",
  4001: "an admin changed the rights of this device",
}

/** The lines in which the device says what happened; none for a repeat of what it already said. */
export function inWords(news: AgentNews, role: string): readonly string[] {
  switch (news.kind) {
    case "in": {
      const token = {
        first: "The server handed over a device token; it is kept and used from now on.",
        replaced: "The server handed over a new device token; it is kept in place of the old one.",
        same: "",
        none: "",
      }[news.handedOver]
      return [`In, as ${role} with ${list(news.scopes)} (by its ${news.with}).`, token].filter(Boolean)
    }
    case "waiting": {
      if (news.again) return []
      const { requestId, reason, remediationHint, reviewUrl } = news.details
      return [
        `Not in yet: ${news.message}.`,
        `  request  ${requestId} (${reason})${minutesUntil(news.details.expiresAtMs)}`,
        ...(typeof remediationHint === "string" ? [`  ${remediationHint}`] : []),
        ...(typeof reviewUrl === "string" ? [`  decide   ${reviewUrl}`] : []),
      ]
    }
    case "refused":
      return [`Refused: ${news.message} (${news.code}).${news.final ? " It will not try again." : ""}`]
    case "token-refused":
      return [`Its device token was refused (${news.message}); trying with the shared token.`]
    case "unreachable":
      return [`No answer: ${news.why}.`]
    case "closed": {
      const meaning = closeMeanings[news.close.code]
      const reason = [news.close.reason, meaning].filter(Boolean).join("; ")
      return [`Closed by the server: ${news.close.code}${reason ? ` (${reason})` : ""}. Connecting again.`]
    }
  }
}
