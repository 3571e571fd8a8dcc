"use client"

import { useQuery } from "@tanstack/react-query"
import { type ComponentType, useEffect, useState } from "react"
import { Coming } from "@/components/on-demand"
import { shellQuery } from "@/components/shell-query"
import { showToast } from "@/components/toast"
import { forgetTyped } from "@/components/ui/typed-meanwhile"
import { isCovered, isTaken } from "../requests/use-shortcuts"
import { type Overlay, showOverlay, useOverlay } from "./overlay"

type Loaded = { readonly overlay: Overlay; readonly Content: ComponentType<{ close: () => void }> }

// Fetched when they are opened first, so that no page carries them.
const load: Record<Overlay, () => Promise<Loaded["Content"]>> = {
  palette: async () => (await import("./palette")).Palette,
  shortcuts: async () => (await import("./shortcut-list")).ShortcutList,
}

function close(): void {
  forgetTyped()
  showOverlay(null)
}

/** Listens for the keys that work on every page, and shows what they open. */
export function Overlays() {
  const overlay = useOverlay()
  const { data: shell } = useQuery(shellQuery())
  const hasKeys = shell?.admin.shortcuts ?? false
  const [loaded, setLoaded] = useState<Loaded | null>(null)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isSearch = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey
      if (isSearch && !event.shiftKey && !event.defaultPrevented && (overlay === "palette" || !isCovered())) {
        event.preventDefault()
        showOverlay(overlay === "palette" ? null : "palette")
      }
      if (event.key === "?" && hasKeys && !isTaken(event)) {
        event.preventDefault()
        showOverlay("shortcuts")
      }
    }
    document.addEventListener("keydown", onKeyDown)
    return () => document.removeEventListener("keydown", onKeyDown)
  }, [hasKeys, overlay])

  useEffect(() => close, [])

  useEffect(() => {
    if (overlay === null) return
    let isWanted = true
    load[overlay]().then(
      (Content) => isWanted && setLoaded({ overlay, Content }),
      () => {
        close()
        showToast("danger", "This could not be loaded. Try again.")
      },
    )
    return () => {
      isWanted = false
    }
  }, [overlay])

  if (overlay === null) return null
  if (loaded?.overlay === overlay) return <loaded.Content close={close} />
  return <Coming giveUp={close} />
}
