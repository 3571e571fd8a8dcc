import { CompassIcon } from "lucide-react"
import Link from "next/link"
import { Button } from "@/components/ui/button"
import { Empty, EmptyDescription, EmptyIcon, EmptyTitle } from "@/components/ui/empty"

export function NotFoundPage() {
  return (
    <Empty className="py-24">
      <EmptyIcon>
        <CompassIcon />
      </EmptyIcon>
      <EmptyTitle as="h1">There is no such page</EmptyTitle>
      <EmptyDescription>Or it is not for your console role to see.</EmptyDescription>
      <Button variant="primary" asChild>
        <Link href="/requests">Go to the requests</Link>
      </Button>
    </Empty>
  )
}
