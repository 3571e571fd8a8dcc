import { cn } from "@/lib/utils"

/** The head of a page: its name, what it is about, and what can be done with all of it. */
function PageHeader({ className, ...props }: React.ComponentProps<"header">) {
  return (
    <header
      data-slot="page-header"
      className={cn("flex flex-wrap items-center gap-x-3 gap-y-2", className)}
      {...props}
    />
  )
}

function PageTitle({ className, children, ...props }: React.ComponentProps<"h1">) {
  return (
    <h1 data-slot="page-title" className={cn("text-xl font-semibold tracking-tight", className)} {...props}>
      {children}
    </h1>
  )
}

/** Begins a line of its own, however wide the line above it is. */
function PageDescription({ className, ...props }: React.ComponentProps<"p">) {
  return (
    <div data-slot="page-description" className="w-full">
      <p className={cn("max-w-prose text-ink-2", className)} {...props} />
    </div>
  )
}

function PageActions({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div data-slot="page-actions" className={cn("ml-auto flex flex-wrap items-center gap-2", className)} {...props} />
  )
}

/** The frame of a page that is not an inbox: one column, a readable width, the same margins everywhere. */
function PageBody({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="page-body"
      className={cn("mx-auto grid w-full max-w-6xl content-start gap-5 px-4 py-5 sm:px-8 sm:py-6", className)}
      {...props}
    />
  )
}

export { PageActions, PageBody, PageDescription, PageHeader, PageTitle }
