import { PageBody, PageHeader, PageTitle } from "@/components/page-header"
import { Skeleton } from "@/components/ui/skeleton"

export default function Loading() {
  return (
    <PageBody aria-busy="true">
      <PageHeader>
        <PageTitle>Overview</PageTitle>
        <p role="status" className="sr-only">
          Loading
        </p>
      </PageHeader>
      <div className="grid gap-4 sm:gap-5 lg:grid-cols-2">
        <Skeleton className="h-40 w-full rounded-xl" />
        <Skeleton className="h-40 w-full rounded-xl" />
        <Skeleton className="h-80 w-full rounded-xl lg:col-span-2" />
        <Skeleton className="h-56 w-full rounded-xl" />
        <Skeleton className="h-56 w-full rounded-xl" />
      </div>
    </PageBody>
  )
}
