"use client"

import { Slot } from "radix-ui"
import { createContext, type RefObject, use, useEffect, useId, useRef, useState } from "react"
import { cn } from "@/lib/utils"
import { showBeside } from "./place-beside"

const afterMs = 300
/** Long enough for a pointer to cross the gap to the words. */
const stayMs = 120

type Tip = {
  readonly id: string
  readonly isOpen: boolean
  readonly anchor: RefObject<HTMLElement | null>
  readonly set: (isOpen: boolean, afterMs: number) => void
}

const TipContext = createContext<Tip | null>(null)

function useTip(): Tip {
  const tip = use(TipContext)
  if (tip === null) throw new Error("a part of a tooltip stands outside of one")
  return tip
}

function Tooltip({ children }: { children: React.ReactNode }) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const anchor = useRef<HTMLElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const set = (isWanted: boolean, waitMs: number) => {
    clearTimeout(timer.current)
    if (waitMs === 0) setOpen(isWanted)
    else timer.current = setTimeout(() => setOpen(isWanted), waitMs)
  }
  return <TipContext value={{ id, isOpen, anchor, set }}>{children}</TipContext>
}

/** What the words are about: its one child, shown them by a pointer that rests on it and by the focus of a keyboard. */
function TooltipTrigger({ children }: { children: React.ReactElement }) {
  const { id, isOpen, anchor, set } = useTip()
  return (
    <Slot.Root
      ref={anchor}
      aria-describedby={isOpen ? id : undefined}
      onPointerEnter={(event) => event.pointerType === "mouse" && set(true, afterMs)}
      onPointerLeave={() => set(false, stayMs)}
      onPointerDown={() => set(false, 0)}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && set(true, 0)}
      onBlur={() => set(false, 0)}
    >
      {children}
    </Slot.Root>
  )
}

function TooltipContent(props: React.ComponentProps<"div">) {
  return useTip().isOpen && <OpenContent {...props} />
}

function OpenContent({ className, ...props }: React.ComponentProps<"div">) {
  const { id, anchor, set } = useTip()
  const content = useRef<HTMLDivElement>(null)
  const latest = useRef(set)
  useEffect(() => {
    if (content.current === null || anchor.current === null) return
    const leave = showBeside(content.current, anchor.current, { side: "top", align: "center", gap: 6 })
    const onKeyDown = (event: KeyboardEvent) => event.key === "Escape" && latest.current(false, 0)
    document.addEventListener("keydown", onKeyDown)
    return () => {
      leave()
      document.removeEventListener("keydown", onKeyDown)
    }
  }, [anchor])
  return (
    <div
      ref={content}
      id={id}
      popover="manual"
      role="tooltip"
      data-slot="tooltip-content"
      onPointerEnter={() => set(true, 0)}
      onPointerLeave={() => set(false, stayMs)}
      className={cn(
        "pointer-events-auto fixed inset-auto m-0 max-w-72 animate-appear rounded-md border-0 bg-ink px-2.5 py-1.5 text-sm font-normal whitespace-normal text-ground shadow-float",
        className,
      )}
      {...props}
    />
  )
}

export { Tooltip, TooltipContent, TooltipTrigger }
