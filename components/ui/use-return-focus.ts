"use client"

import { useRef } from "react"

/**
 * Gives the focus back to what had it when a dialog opened. The primitives do so for a trigger of theirs only, and our
 * dialogs are opened by buttons that stand elsewhere.
 */
export function useReturnFocus() {
  const opener = useRef<Element | null>(null)
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(opener.current instanceof HTMLElement) || !opener.current.isConnected) return
      event.preventDefault()
      opener.current.focus()
    },
  }
}
