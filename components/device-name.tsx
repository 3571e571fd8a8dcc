import { EyeOffIcon } from "lucide-react"
import { neutralise } from "@/components/neutralise"
import { cn } from "@/lib/utils"

/** What a device or an admin calls a device: isolated, without what cannot be seen, never longer than a line. */
export function DeviceName({ name, max, className }: { name: string | null; max?: number; className?: string }) {
  const neutral = neutralise(name, max)
  if (neutral === null) return <span className={cn("font-normal text-ink-3 italic", className)}>unnamed device</span>
  return (
    <>
      <bdi className={className}>{neutral.text}</bdi>
      {neutral.altered && (
        <span
          title="Hidden or surplus characters were taken out of this name"
          className="ml-1 inline-flex align-middle"
        >
          <EyeOffIcon aria-hidden className="size-3.5 text-warn" />
          <span className="sr-only">(hidden or surplus characters taken out)</span>
        </span>
      )}
    </>
  )
}
