import { SearchXIcon } from "lucide-react"
import Link from "next/link"
import { PageBody } from "@/components/page-header"
import { buttonVariants } from "@/components/ui/button"
import { Empty, EmptyDescription, EmptyIcon, EmptyTitle } from "@/components/ui/empty"

export default function NotFound() {
  return (
    <PageBody>
      <Empty>
        <EmptyIcon>
          <SearchXIcon />
        </EmptyIcon>
        <EmptyTitle as="h1">No such device</EmptyTitle>
        <EmptyDescription>Nothing with this id was ever paired, asked to be, or was blocked.</EmptyDescription>
        <Link href="/devices" className={buttonVariants({ size: "sm" })}>
          All devices
        </Link>
      </Empty>
    </PageBody>
  )
}
