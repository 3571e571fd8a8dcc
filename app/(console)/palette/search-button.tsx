"use client"

import { SearchIcon } from "lucide-react"
import { Kbd } from "@/components/ui/kbd"
import { cn } from "@/lib/utils"
import { showOverlay } from "./overlay"

/** Opens the palette: a field in the column, a sign in the header of a phone. */
export function SearchButton({ className, compact = false }: { className?: string; compact?: boolean }) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => showOverlay("palette")}
      className={cn(
        "flex shrink-0 items-center gap-2 rounded-md text-sm text-ink-2 hover:bg-hover hover:text-ink",
        compact ? "size-9 justify-center pointer-coarse:size-11" : "border border-line bg-panel px-2 py-1.5",
        className,
      )}
    >
      <SearchIcon aria-hidden className="size-4 shrink-0" />
      <span className={cn("flex-1 text-left", compact && "sr-only")}>Search</span>
      {!compact && (
        <Kbd aria-hidden className="font-medium text-ink-3">
          Ctrl K
        </Kbd>
      )}
    </button>
  )
}
