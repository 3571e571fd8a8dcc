"use client"

import Link from "next/link"
import { usePathname, useRouter, useSearchParams } from "next/navigation"
import { parseReason, requestsHref } from "@/lib/console/requests-address"
import type { PairingReason } from "@/lib/pairing/types"
import { cn } from "@/lib/utils"

/** The address of the inbox with one request open. */
export function inboxHref(requestId: string): string {
  return requestsHref({ id: requestId })
}

const addressed = () => new URLSearchParams(window.location.search)

/** Opens a request without asking the server for the page again: the list stays as it is. */
export function openRequest(requestId: string): void {
  window.history.pushState(null, "", requestsHref({ id: requestId, reason: parseReason(addressed().get("reason")) }))
}

/** The reason for which requests wait that the list shows alone, as the address names it. */
export function useReason(): PairingReason | null {
  return parseReason(useSearchParams().get("reason"))
}

/** Opens a request from any page, and gives it the focus. */
export function useGoToRequest(): (requestId: string) => void {
  const router = useRouter()
  const pathname = usePathname()
  return (requestId) => {
    setWantsFocus(true)
    if (pathname === "/requests") openRequest(requestId)
    else router.push(inboxHref(requestId))
  }
}

let wantsFocus = false

/**
 * Moves the focus to a request that was just opened by key, or in place of the list; never otherwise, so that rows
 * may come and go without anybody losing their place.
 */
export function focusIfOpened(heading: HTMLElement | null): void {
  // In a narrow window it may be there, but not on the screen yet.
  if (heading === null || !wantsFocus || heading.getClientRects().length === 0) return
  wantsFocus = false
  heading.focus()
}

/** Whether the next request that appears takes the focus. */
export function setWantsFocus(wants: boolean): void {
  wantsFocus = wants
}

/** The id of the request that the address names. */
export function useOpenId(): string | null {
  return useSearchParams().get("id")
}

export function InboxLink({
  requestId,
  isOpen,
  reason = null,
  waiting = false,
  pick,
  children,
}: {
  requestId: string
  isOpen: boolean
  /** The one reason that the list shows. */
  reason?: PairingReason | null
  waiting?: boolean
  /** What a press does instead of opening it. */
  pick?: () => void
  children: React.ReactNode
}) {
  return (
    <Link
      href={requestsHref({ id: requestId, reason })}
      prefetch={false}
      aria-current={isOpen ? "true" : undefined}
      {...(waiting && { "data-waiting": requestId })}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        if (pick) return pick()
        // A click by key has no position; where the list gives way to the request, the focus has to go along.
        wantsFocus = event.detail === 0 || !window.matchMedia("(width >= 64rem)").matches
        if (isOpen && wantsFocus) focusIfOpened(document.querySelector<HTMLElement>("[data-slot=request-name]"))
        openRequest(requestId)
      }}
      className={cn(
        "relative grid grid-cols-[minmax(0,1fr)] gap-1 px-4 py-3 -outline-offset-2 hover:bg-hover sm:px-5",
        "lg:aria-[current]:bg-panel lg:aria-[current]:shadow-[inset_3px_0_0_var(--accent)]",
      )}
    >
      {children}
    </Link>
  )
}
