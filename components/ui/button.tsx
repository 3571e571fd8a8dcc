import { cva, type VariantProps } from "class-variance-authority"
import { Slot } from "radix-ui"
import { cn } from "@/lib/utils"

const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-accent bg-accent text-accent-ink hover:border-accent-strong hover:bg-accent-strong",
        outline: "border-line bg-panel text-ink hover:bg-hover",
        danger: "border-line bg-panel text-danger hover:border-danger/40 hover:bg-danger-soft",
        "danger-primary": "border-danger bg-danger text-danger-ink hover:border-danger-strong hover:bg-danger-strong",
        ghost: "border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink",
        link: "border-transparent px-0 text-accent underline-offset-3 hover:underline",
      },
      size: {
        default: "h-9 px-3.5 pointer-coarse:min-h-11",
        sm: "h-7.5 px-2.5 text-sm pointer-coarse:min-h-10",
        icon: "size-9 pointer-coarse:size-11",
        "icon-sm": "size-7.5 pointer-coarse:size-10",
      },
    },
    defaultVariants: { variant: "outline", size: "default" },
  },
)

function Button({
  className,
  variant,
  size,
  asChild = false,
  type = "button",
  ...props
}: React.ComponentProps<"button"> & VariantProps<typeof buttonVariants> & { asChild?: boolean }) {
  const Component = asChild ? Slot.Root : "button"
  return (
    <Component
      data-slot="button"
      className={cn(buttonVariants({ variant, size }), className)}
      {...(asChild ? {} : { type })}
      {...props}
    />
  )
}

export { Button, buttonVariants }
