"use client"

import { useRef } from "react"
import { giveTyped } from "./typed-meanwhile"

/**
 * Gives the focus back to what had it when a dialog opened. The primitives do so for a trigger of theirs only, and our
 * dialogs are opened by buttons that stand elsewhere.
 */
export function useReturnFocus() {
  const opener = useRef<Element | null>(null)
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement
      // Once the focus is where it goes.
      queueMicrotask(giveTyped)
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(opener.current instanceof HTMLElement) || !opener.current.isConnected) return
      event.preventDefault()
      opener.current.focus()
    },
  }
}
