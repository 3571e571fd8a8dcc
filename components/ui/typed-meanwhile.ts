let typed = ""

/**
 * Keeps what is typed while a dialog is on its way, so that no key of it presses anything on the page below. Returns
 * how to stop.
 */
export function keepTyped(giveUp: () => void): () => void {
  typed = ""
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (key === "Escape") giveUp()
    else if (key === "Backspace") typed = typed.slice(0, -1)
    else if (key.length === 1) typed += key
    else if (key !== "Enter") return
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener("keydown", onKeyDown, true)
  return () => document.removeEventListener("keydown", onKeyDown, true)
}

/** Puts what was typed meanwhile into the field that has the focus now, as if it had been typed there. */
export function giveTyped(): void {
  const field = document.activeElement
  const text = typed
  typed = ""
  if (text === "" || !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return
  if (field.selectionEnd === null) return
  field.setRangeText(text, field.selectionEnd, field.selectionEnd, "end")
  field.dispatchEvent(new InputEvent("input", { bubbles: true }))
}

export function forgetTyped(): void {
  typed = ""
}
