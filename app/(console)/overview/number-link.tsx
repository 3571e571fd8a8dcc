import Link from "next/link"
import type { Count } from "@/lib/console/overview-types"
import { cn } from "@/lib/utils"

const grouped = new Intl.NumberFormat("en", { useGrouping: true })

/** "12 345", and "1 000+" for more than were counted. */
export function countInWords({ value, more }: Count): string {
  return `${grouped.format(value).replaceAll(",", " ")}${more ? "+" : ""}`
}

/** A number, and the way to the list that it counts. `of` says what it counts to who cannot see where it stands. */
export function NumberLink({
  value,
  more = false,
  of,
  href,
  className,
}: {
  value: number
  more?: boolean
  of: string
  href: string
  className?: string
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      className={cn(
        "rounded-sm font-medium tabular-nums underline decoration-line underline-offset-4 hover:text-accent hover:decoration-current",
        className,
      )}
    >
      {countInWords({ value, more })}
      <span className="sr-only"> {of}</span>
    </Link>
  )
}
