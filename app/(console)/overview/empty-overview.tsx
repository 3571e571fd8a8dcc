import { ChartColumnIcon } from "lucide-react"
import Link from "next/link"
import { buttonVariants } from "@/components/ui/button"
import { Card } from "@/components/ui/card"
import { Empty, EmptyDescription, EmptyIcon, EmptyTitle } from "@/components/ui/empty"

/** A fresh gateway: what will stand here once devices come. */
export function EmptyOverview() {
  return (
    <Card>
      <Empty>
        <EmptyIcon>
          <ChartColumnIcon />
        </EmptyIcon>
        <EmptyTitle>Nothing to sum up yet</EmptyTitle>
        <EmptyDescription>
          Once devices ask to come in, this page tells what waits and why, what was decided by whom and what by a rule,
          how long devices waited, and which of them have not been seen for long.
        </EmptyDescription>
        <Link href="/requests" className={buttonVariants({ size: "sm" })}>
          How a device asks
        </Link>
      </Empty>
    </Card>
  )
}
