import { PageBody, PageHeader, PageTitle } from "@/components/page-header"
import { Card } from "@/components/ui/card"
import { Skeleton } from "@/components/ui/skeleton"

const rows = ["one", "two", "three", "four", "five", "six", "seven", "eight"]

export default function Loading() {
  return (
    <PageBody aria-busy="true">
      <PageHeader>
        <PageTitle>Devices</PageTitle>
        <p role="status" className="sr-only">
          Loading
        </p>
      </PageHeader>
      <Skeleton className="h-9 w-full max-w-xl" />
      <Card className="grid divide-y divide-line-soft">
        {rows.map((row) => (
          <div key={row} className="flex items-center gap-3 px-4 py-3 sm:px-5">
            <Skeleton className="size-9 rounded-lg" />
            <div className="grid grow gap-1.5">
              <Skeleton className="h-4 w-40" />
              <Skeleton className="h-3 w-56 max-w-full" />
            </div>
            <Skeleton className="hidden h-4 w-64 sm:block" />
          </div>
        ))}
      </Card>
    </PageBody>
  )
}
