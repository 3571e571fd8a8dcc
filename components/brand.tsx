import { cn } from "@/lib/utils"

export function BrandMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={cn("size-5 fill-none stroke-current stroke-2 text-accent", className)}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M3 21V9l9-6 9 6v12" />
      <path d="M8 21v-7a4 4 0 0 1 8 0v7" />
    </svg>
  )
}

export function Brand({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-lg font-semibold tracking-tight", className)}>
      <BrandMark />
      Gatehouse
    </span>
  )
}
