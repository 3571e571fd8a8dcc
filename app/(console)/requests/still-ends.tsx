import { ScopeName } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import type { RequestView } from "@/lib/console/request-types"
import { stillEnding } from "./adds-something"

/** What of the ask ends as it would have without this approval. Nothing where there is none. */
export function StillEnds({
  request,
  as: Tag,
  className,
}: {
  request: RequestView
  as: "p" | "li"
  className?: string
}) {
  const ending = request.state.kind === "waiting" ? stillEnding(request, request.state.scopes) : []
  if (ending.length === 0) return null
  return (
    <Tag className={className}>
      An approval does not put off what ends already:{" "}
      {ending.map(({ scope, untilMs }, index) => (
        <span key={scope}>
          {index > 0 && ", "}
          <ScopeName scope={scope} /> still ends <Instant atMs={untilMs} />
        </span>
      ))}
      .
    </Tag>
  )
}
