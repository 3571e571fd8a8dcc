import { cn } from "@/lib/utils"

function Input({ className, type = "text", ...props }: React.ComponentProps<"input">) {
  return (
    <input
      type={type}
      data-slot="input"
      className={cn(
        "h-9 w-full min-w-0 rounded-md border border-line bg-ground px-2.5 text-ink transition-colors placeholder:text-ink-3 hover:border-edge disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger pointer-coarse:min-h-11",
        className,
      )}
      {...props}
    />
  )
}

export { Input }
