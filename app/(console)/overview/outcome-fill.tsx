import type { Outcome } from "@/lib/console/overview-types"
import { cn } from "@/lib/utils"

// Colour and texture say the same, so that either is enough; forced colours leave the texture.
const colours: Record<Outcome, string> = {
  approved: "text-ok forced-colors:text-[CanvasText]",
  rejected: "text-danger forced-colors:text-[CanvasText]",
  blocked: "text-ink forced-colors:text-[CanvasText]",
  silent: "text-quiet forced-colors:text-[CanvasText]",
  expired: "text-warn forced-colors:text-[CanvasText]",
}

/** The textures of one drawing; ids are the page's, so each drawing has its own. */
export function OutcomePatterns({ id }: { id: string }) {
  return (
    <defs>
      <Texture id={`${id}rejected`} outcome="rejected">
        <path d="M-1 5 L5 -1 M-1 1 L1 -1 M3 5 L5 3" stroke="currentColor" strokeWidth="1.5" />
      </Texture>
      <Texture id={`${id}blocked`} outcome="blocked">
        <path d="M0 0 L4 4 M0 4 L4 0" stroke="currentColor" strokeWidth="1" />
      </Texture>
      <Texture id={`${id}silent`} outcome="silent">
        <circle cx="2" cy="2" r="1.1" fill="currentColor" />
      </Texture>
      <Texture id={`${id}expired`} outcome="expired">
        <path d="M0 1 H4" stroke="currentColor" strokeWidth="1" />
      </Texture>
    </defs>
  )
}

function Texture({ id, outcome, children }: { id: string; outcome: Outcome; children: React.ReactNode }) {
  return (
    <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" className={colours[outcome]}>
      <rect width="4" height="4" fill="currentColor" opacity="0.25" />
      {children}
    </pattern>
  )
}

/** A rectangle that is filled as its outcome is. */
export function OutcomeRect({
  outcome,
  id,
  className,
  ...props
}: React.ComponentProps<"rect"> & { outcome: Outcome; id: string }) {
  const fill = outcome === "approved" ? "currentColor" : `url(#${id}${outcome})`
  return <rect {...props} fill={fill} className={cn(colours[outcome], className)} />
}

/** The sample of an outcome for a legend. */
export function OutcomeSwatch({ outcome, id }: { outcome: Outcome; id: string }) {
  return (
    <svg aria-hidden="true" width="18" height="12" className="shrink-0 forced-color-adjust-none">
      <OutcomePatterns id={id} />
      <OutcomeRect outcome={outcome} id={id} width="18" height="12" rx="2" />
    </svg>
  )
}
