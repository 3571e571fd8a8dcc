import { cn } from "@/lib/utils"

function Skeleton({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="skeleton"
      aria-hidden
      className={cn("animate-wait rounded-md bg-line-soft", className)}
      {...props}
    />
  )
}

export { Skeleton }
