import type { LaneMark } from "@/lib/console/device-history-types"
import { cn } from "@/lib/utils"

const colours = {
  asked: "text-warn",
  approved: "text-accent",
  silent: "text-quiet",
  extended: "text-accent",
  declined: "text-danger",
  withheld: "text-danger",
  lowered: "text-danger",
  ended: "text-warn",
  narrowed: "text-warn",
  revoked: "text-danger",
} as const satisfies Record<LaneMark["kind"], string>

const check = "M-2.6 0.2 -0.8 2 2.8 -1.8"
const cross = "M-2.2-2.2 2.2 2.2M2.2-2.2-2.2 2.2"
const less = "M-2.8-1.3 0 1.7 2.8-1.3"
const bar = "M-2.8 0H2.8"

const strokes: Partial<Record<LaneMark["kind"], string>> = {
  approved: check,
  declined: cross,
  withheld: cross,
  lowered: bar,
  extended: "M0-2.8V2.8M-2.8 0H2.8",
  ended: "M0-2.9V0L2.2 1.6",
  narrowed: less,
  revoked: cross,
}

/** The sign of one kind of mark; shape and colour both tell it. */
export function MarkDot({ kind, className }: { kind: LaneMark["kind"]; className?: string }) {
  const stroke = strokes[kind]
  return (
    <svg aria-hidden="true" viewBox="-8 -8 16 16" className={cn("size-4 shrink-0", colours[kind], className)}>
      {kind === "revoked" ? (
        <rect
          x="-6"
          y="-6"
          width="12"
          height="12"
          rx="2.5"
          className="fill-panel stroke-current stroke-2 forced-colors:fill-[Canvas]"
        />
      ) : (
        <circle r="6.4" className="fill-panel stroke-current stroke-2 forced-colors:fill-[Canvas]" />
      )}
      {stroke === undefined ? (
        <circle r={kind === "silent" ? 3.2 : 2.4} className="fill-current" />
      ) : (
        <path
          d={stroke}
          className="fill-none stroke-current stroke-[1.9]"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  )
}
