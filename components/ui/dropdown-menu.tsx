"use client"

import { CheckIcon } from "lucide-react"
import { Slot } from "radix-ui"
import { createContext, type RefObject, use, useEffect, useId, useRef, useState } from "react"
import { cn } from "@/lib/utils"
import { showBeside } from "./place-beside"
import { useMenuKeys } from "./use-menu-keys"

// Of our own, because the one of the primitives would be a quarter of what a page loads; every page has a menu.

type Menu = {
  readonly id: string
  readonly isOpen: boolean
  readonly trigger: RefObject<HTMLElement | null>
  /** The item that has the focus first; null for the menu itself, when a pointer opened it. */
  readonly first: RefObject<"first" | "last" | null>
  readonly open: (first: "first" | "last" | null) => void
  /** Closes it; the focus goes back to where it came from, unless it has gone elsewhere by itself. */
  readonly close: (focus: "back" | "stays") => void
}

const MenuContext = createContext<Menu | null>(null)

function useMenu(): Menu {
  const menu = use(MenuContext)
  if (menu === null) throw new Error("a part of a menu stands outside of one")
  return menu
}

function DropdownMenu({ children }: { children: React.ReactNode }) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const trigger = useRef<HTMLElement>(null)
  const first = useRef<"first" | "last" | null>(null)
  const open = (wanted: "first" | "last" | null) => {
    first.current = wanted
    setOpen(true)
  }
  const close = (focus: "back" | "stays") => {
    if (focus === "back") trigger.current?.focus()
    setOpen(false)
  }
  return <MenuContext value={{ id, isOpen, trigger, first, open, close }}>{children}</MenuContext>
}

function DropdownMenuTrigger({ asChild = false, ...props }: React.ComponentProps<"button"> & { asChild?: boolean }) {
  const { id, isOpen, trigger, open, close } = useMenu()
  const Component = asChild ? Slot.Root : "button"
  return (
    <Component
      ref={(element: HTMLButtonElement | null) => {
        trigger.current = element
      }}
      data-slot="dropdown-menu-trigger"
      {...(asChild ? {} : { type: "button" })}
      id={`${id}trigger`}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      aria-controls={isOpen ? id : undefined}
      onClick={(event: React.MouseEvent) => (isOpen ? close("back") : open(event.detail === 0 ? "first" : null))}
      onKeyDown={(event: React.KeyboardEvent) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
        event.preventDefault()
        open(event.key === "ArrowDown" ? "first" : "last")
      }}
      {...props}
    />
  )
}

function DropdownMenuContent(props: React.ComponentProps<"div"> & { align?: "start" | "end" }) {
  return useMenu().isOpen && <OpenContent {...props} />
}

function OpenContent({
  className,
  align = "start",
  ...props
}: React.ComponentProps<"div"> & { align?: "start" | "end" }) {
  const { id, trigger, first, close } = useMenu()
  const content = useRef<HTMLDivElement>(null)
  const { onKeyDown, focusItem } = useMenuKeys(content, () => close("back"))

  const opened = useRef({ align, first, focusItem, close })
  useEffect(() => {
    const [menu, anchor] = [content.current, trigger.current]
    if (menu === null || anchor === null) return
    const { align, first, focusItem, close } = opened.current
    const leave = showBeside(menu, anchor, { side: "bottom", align, gap: 4 })
    if (first.current === null) menu.focus()
    else focusItem(first.current)
    const isOurs = (target: EventTarget | null) =>
      target instanceof Node && (menu.contains(target) || anchor.contains(target))
    const onElsewhere = (event: Event) => isOurs(event.target) || close("stays")
    document.addEventListener("pointerdown", onElsewhere, true)
    document.addEventListener("focusin", onElsewhere)
    return () => {
      leave()
      document.removeEventListener("pointerdown", onElsewhere, true)
      document.removeEventListener("focusin", onElsewhere)
    }
  }, [trigger])

  return (
    <div
      ref={content}
      id={id}
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-labelledby={`${id}trigger`}
      data-slot="dropdown-menu-content"
      className={cn(
        "pointer-events-auto fixed inset-auto m-0 min-w-44 animate-appear rounded-lg border border-line bg-panel p-1 text-base font-normal whitespace-normal text-ink shadow-float outline-none",
        className,
      )}
      onKeyDown={onKeyDown}
      {...props}
    />
  )
}

type ItemProps = Omit<React.ComponentProps<"div">, "onSelect"> & {
  asChild?: boolean
  disabled?: boolean
  /** What choosing it does. The menu closes then, unless the event is prevented. */
  onSelect?: (event: Event) => void
}

function DropdownMenuItem({
  className,
  asChild = false,
  disabled = false,
  tone = "plain",
  onSelect,
  ...props
}: ItemProps & { tone?: "plain" | "danger" }) {
  const { close } = useMenu()
  const Component = asChild ? Slot.Root : "div"
  return (
    <Component
      role="menuitem"
      tabIndex={-1}
      data-slot="dropdown-menu-item"
      data-tone={tone}
      aria-disabled={disabled || undefined}
      className={cn(
        "relative flex cursor-default items-center gap-2 rounded-sm px-2.5 py-1.5 outline-none select-none focus:bg-hover aria-disabled:opacity-55 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3",
        "data-[tone=danger]:text-danger data-[tone=danger]:focus:bg-danger-soft data-[tone=danger]:[&_svg]:text-danger",
        className,
      )}
      onClick={() => {
        if (disabled) return
        const event = new Event("select", { cancelable: true })
        onSelect?.(event)
        if (!event.defaultPrevented) close("back")
      }}
      onPointerMove={(event: React.PointerEvent<HTMLElement>) => {
        if (event.pointerType === "mouse" && !disabled) event.currentTarget.focus({ preventScroll: true })
      }}
      {...props}
    />
  )
}

function DropdownMenuCheckboxItem({
  className,
  checked,
  onSelect,
  onCheckedChange,
  children,
  ...props
}: ItemProps & { checked: boolean; onCheckedChange: (isChecked: boolean) => void }) {
  return (
    <DropdownMenuItem
      role="menuitemcheckbox"
      aria-checked={checked}
      data-slot="dropdown-menu-checkbox-item"
      className={cn("pl-8", className)}
      onSelect={(event) => {
        onSelect?.(event)
        onCheckedChange(!checked)
      }}
      {...props}
    >
      {checked && <CheckIcon aria-hidden className="absolute left-2.5" />}
      {children}
    </DropdownMenuItem>
  )
}

function DropdownMenuLabel({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      data-slot="dropdown-menu-label"
      className={cn("px-2.5 py-1.5 text-xs font-semibold text-ink-3", className)}
      {...props}
    />
  )
}

function DropdownMenuSeparator({ className, ...props }: React.ComponentProps<"hr">) {
  return (
    <hr data-slot="dropdown-menu-separator" className={cn("-mx-1 my-1 border-t border-line", className)} {...props} />
  )
}

export {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
}
