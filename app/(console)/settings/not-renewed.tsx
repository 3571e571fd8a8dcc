import { TimeAgo } from "@/components/time-ago"
import { Notice } from "@/components/ui/notice"

/** Says that what is shown may be old, and of when it is. */
export function NotRenewed({ atMs }: { atMs: number }) {
  return (
    <Notice tone="warn" live>
      This page could not be renewed. It is as it was <TimeAgo atMs={atMs} />.
    </Notice>
  )
}
