import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react"
import Link from "next/link"
import { buttonVariants } from "@/components/ui/button"
import { cn } from "@/lib/utils"

function Pagination({ className, ...props }: React.ComponentProps<"nav">) {
  return (
    <nav
      data-slot="pagination"
      aria-label="Pages"
      className={cn("flex items-center gap-2 text-sm text-ink-3", className)}
      {...props}
    />
  )
}

function PageLink({
  direction,
  href,
  children,
}: {
  direction: "previous" | "next"
  href: string | null
  children: React.ReactNode
}) {
  const content = (
    <>
      {direction === "previous" && <ChevronLeftIcon aria-hidden />}
      {children}
      {direction === "next" && <ChevronRightIcon aria-hidden />}
    </>
  )
  const className = buttonVariants({ size: "sm" })
  if (href === null) {
    return (
      <span data-slot="page-link" aria-disabled className={className}>
        {content}
      </span>
    )
  }
  return (
    <Link data-slot="page-link" href={href} rel={direction === "next" ? "next" : "prev"} className={className}>
      {content}
    </Link>
  )
}

export { PageLink, Pagination }
