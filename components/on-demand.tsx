"use client"

import { type ComponentType, useEffect, useEffectEvent, useState } from "react"
import { showToast } from "./toast"
import { forgetTyped, keepTyped } from "./ui/typed-meanwhile"

type Closable = { readonly isOpen: boolean } & (
  | { readonly onClose: () => void }
  | { readonly onOpenChange: (isOpen: boolean) => void }
)

/**
 * Lies over the page until what was opened is there: what is typed meanwhile is no key of the page, but the beginning
 * of what is written into it.
 */
export function Coming({ giveUp }: { giveUp: () => void }) {
  const onEscape = useEffectEvent(giveUp)
  useEffect(() => keepTyped(onEscape), [])
  return <div role="dialog" aria-modal aria-busy aria-label="Loading" className="fixed inset-0 z-40 bg-scrim" />
}

type Source<Props> = {
  readonly loaded: () => ComponentType<Props> | null
  readonly bring: () => Promise<ComponentType<Props>>
}

/**
 * A dialog whose code no page carries. It is fetched when it is opened first, or a moment before: what opens it takes
 * `near`, so that a pointer or the focus that comes to it has it ready.
 */
export function onDemand<Props extends Closable>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | null = null
  const bring = async () => {
    loaded ??= await load()
    return loaded
  }
  const source: Source<Props> = { loaded: () => loaded, bring }
  // Where this fails, opening it says so.
  const fetch = () => void bring().catch(() => {})
  return Object.assign((props: Props) => <Demanded source={source} props={props} />, {
    near: { onPointerEnter: fetch, onFocus: fetch },
  })
}

function Demanded<Props extends Closable>({ source, props }: { source: Source<Props>; props: Props }) {
  const [Content, setContent] = useState(source.loaded)
  const isWanted = Content === null && props.isOpen
  const close = () => {
    forgetTyped()
    if ("onClose" in props) props.onClose()
    else props.onOpenChange(false)
  }
  const fail = useEffectEvent(() => {
    close()
    showToast("danger", "This could not be loaded. Try again.")
  })
  useEffect(() => {
    if (!isWanted) return
    let isAwaited = true
    source.bring().then(
      (content) => isAwaited && setContent(() => content),
      () => isAwaited && fail(),
    )
    return () => {
      isAwaited = false
    }
  }, [source, isWanted])
  if (Content !== null) return <Content {...props} />
  return isWanted && <Coming giveUp={close} />
}
