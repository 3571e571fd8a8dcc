import { BanIcon, CheckIcon, type CircleSlashIcon, HourglassIcon, ReplaceIcon, UndoIcon, XIcon } from "lucide-react"
import { ScopeNames } from "@/components/scope-name"
import { Badge, type BadgeTone } from "@/components/ui/badge"
import type { Aftermath, EndedRow } from "@/lib/console/request-types"
import { laneSentences } from "@/lib/pairing/explain"

type Status = EndedRow["status"]

const looks = {
  approved: { tone: "ok", name: "Approved", Icon: CheckIcon },
  covered: { tone: "ok", name: "Covered", Icon: CheckIcon },
  rejected: { tone: "danger", name: "Rejected", Icon: XIcon },
  dropped: { tone: "off", name: "Dropped", Icon: BanIcon },
  superseded: { tone: "off", name: "Asked anew", Icon: ReplaceIcon },
  expired: { tone: "off", name: "Expired", Icon: HourglassIcon },
  blocked: { tone: "danger", name: "Key blocked", Icon: BanIcon },
  undone: { tone: "off", name: "Undone", Icon: UndoIcon },
} as const satisfies Record<Status | "blocked" | "undone", Look>

type Look = { tone: BadgeTone; name: string; Icon: typeof CircleSlashIcon }

/** How a request ended, in one word or two. What is known beside its status says it better. */
export function StatusBadge({ status, aftermath }: { status: Status; aftermath?: Aftermath }) {
  const { droppedWith, undone } = aftermath ?? { droppedWith: null, undone: null }
  const { tone, name, Icon } = looks[droppedWith === "blocked" ? "blocked" : undone !== null ? "undone" : status]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {name}
    </Badge>
  )
}

export function By({ by }: { by: EndedRow["endedBy"] }) {
  if (by === null || by.kind === "system") return null
  if (by.kind === "rule") return "by a rule"
  return by.kind === "wire" ? `by ${by.name}, over the wire` : `by ${by.name}`
}

const droppedWords: Record<NonNullable<Aftermath["droppedWith"]> | "unknown", string> = {
  blocked: "its key was blocked",
  removed: "its device was removed",
  replaced: "another key was approved in its place",
  unknown: "key blocked or device removed,",
}

/** How a request ended and by whom, in one line. */
export function EndedWords({
  row,
}: {
  row: Pick<EndedRow, "status" | "endedBy" | "withheld" | "tries" | "aftermath">
}) {
  const { status, endedBy: by, withheld, tries, aftermath } = row
  switch (status) {
    case "approved":
      if (aftermath.undone !== null) {
        return (
          <>
            approved <By by={by} />, undone <By by={aftermath.undone.by} />
          </>
        )
      }
      return withheld.length === 0 ? (
        <>
          as asked <By by={by} />
        </>
      ) : (
        <>
          <By by={by} />, without <ScopeNames scopes={withheld} />
        </>
      )
    case "rejected":
      return <By by={by} />
    case "covered":
      return by?.kind === "rule" && Object.hasOwn(laneSentences, by.name)
        ? "a silent approval covers it"
        : "another approval covers it"
    case "superseded":
      return "the device asked for something else"
    case "dropped":
      return (
        <>
          {droppedWords[aftermath.droppedWith ?? "unknown"]} <By by={by} />
        </>
      )
    case "expired":
      return `nobody decided; asked ${tries === 1 ? "once" : `${tries} times`}`
  }
}
