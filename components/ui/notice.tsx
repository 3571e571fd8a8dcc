import { cva, type VariantProps } from "class-variance-authority"
import { CircleCheckIcon, CircleXIcon, InfoIcon, TriangleAlertIcon } from "lucide-react"
import { cn } from "@/lib/utils"

const noticeVariants = cva(
  "flex gap-2.5 rounded-lg px-3.5 py-2.5 text-ink [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0",
  {
    variants: {
      tone: {
        plain: "border border-line bg-ground [&>svg]:text-ink-3",
        ok: "bg-ok-soft [&>svg]:text-ok",
        warn: "bg-warn-soft [&>svg]:text-warn",
        danger: "bg-danger-soft [&>svg]:text-danger",
      },
    },
    defaultVariants: { tone: "plain" },
  },
)

const icons = { plain: InfoIcon, ok: CircleCheckIcon, warn: TriangleAlertIcon, danger: CircleXIcon } as const

/** What just happened or what to mind, in the flow of the page; `live` also reads it out. */
function Notice({
  className,
  tone = "plain",
  live = false,
  children,
  ...props
}: Omit<React.ComponentProps<"div">, "role"> & VariantProps<typeof noticeVariants> & { live?: boolean }) {
  const Icon = icons[tone ?? "plain"]
  const role = live ? { role: tone === "danger" ? "alert" : "status" } : {}
  return (
    <div data-slot="notice" {...role} className={cn(noticeVariants({ tone }), className)} {...props}>
      <Icon aria-hidden />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}

export { Notice }
