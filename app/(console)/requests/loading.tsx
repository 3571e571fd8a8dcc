import { Skeleton } from "@/components/ui/skeleton"

export default function Loading() {
  return (
    <div
      aria-busy="true"
      className="grid flex-1 lg:h-dvh lg:flex-none lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[23.25rem_minmax(0,1fr)]"
    >
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="grid content-start gap-4 border-line p-5 lg:border-r">
        <Skeleton className="h-7 w-32" />
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
      </div>
      <div className="hidden content-start gap-5 bg-panel p-8 lg:grid">
        <Skeleton className="h-12 w-72" />
        <Skeleton className="h-28" />
        <Skeleton className="h-52" />
      </div>
    </div>
  )
}
