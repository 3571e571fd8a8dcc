import { cn } from "@/lib/utils"

function Empty({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="empty"
      className={cn("mx-auto grid max-w-md justify-items-center gap-3 px-6 py-14 text-center", className)}
      {...props}
    />
  )
}

function EmptyIcon({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="empty-icon"
      aria-hidden
      className={cn(
        "grid size-11 place-items-center rounded-xl border border-line bg-panel text-accent [&_svg]:size-5",
        className,
      )}
      {...props}
    />
  )
}

function EmptyTitle({
  className,
  as: Heading = "h2",
  children,
  ...props
}: React.ComponentProps<"h2"> & { as?: "h1" | "h2" }) {
  return (
    <Heading data-slot="empty-title" className={cn("text-lg font-semibold", className)} {...props}>
      {children}
    </Heading>
  )
}

function EmptyDescription({ className, ...props }: React.ComponentProps<"p">) {
  return <p data-slot="empty-description" className={cn("text-balance text-ink-2", className)} {...props} />
}

export { Empty, EmptyDescription, EmptyIcon, EmptyTitle }
