import Link from "next/link"
import type { AuditRow } from "@/lib/console/types"
import { auditSentence, type Part } from "./audit-words"
import { Instant } from "./time-ago"

/** Who did what to which device, with the device as a link while it exists. */
export function AuditSentence({ row }: { row: AuditRow }) {
  return (
    <>
      {auditSentence(row).map((part, index) => (
        // The parts of one sentence never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <SentencePart key={index} part={part} />
      ))}
    </>
  )
}

function SentencePart({ part }: { part: Part }) {
  if (typeof part === "string") return part
  switch (part.kind) {
    case "code":
      return <code>{part.text}</code>
    case "instant":
      return <Instant atMs={part.atMs} />
    case "actor":
    case "strong":
      return <b className="claimed font-semibold">{part.text}</b>
    case "device":
      return part.exists ? (
        <Link
          href={`/devices/${part.id}`}
          className="claimed font-semibold underline decoration-line decoration-1 underline-offset-3 hover:decoration-current"
        >
          {part.text}
        </Link>
      ) : (
        <b className="claimed font-semibold">{part.text}</b>
      )
  }
}
