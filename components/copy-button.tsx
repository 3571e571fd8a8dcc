"use client"

import { CheckIcon, CopyIcon } from "lucide-react"
import { useEffect, useState } from "react"
import { Button } from "@/components/ui/button"

const shownMs = 2000

async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  }
  // Without https browsers offer no clipboard, but still this.
  const field = document.createElement("textarea")
  field.value = text
  field.className = "fixed top-0 opacity-0"
  document.body.append(field)
  field.select()
  const done = document.execCommand("copy")
  field.remove()
  return done
}

export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const [outcome, setOutcome] = useState<"none" | "copied" | "failed">("none")

  useEffect(() => {
    if (outcome === "none") return
    const timer = setTimeout(() => setOutcome("none"), shownMs)
    return () => clearTimeout(timer)
  }, [outcome])

  return (
    <Button
      variant="ghost"
      size="icon-sm"
      className={className}
      title={label}
      onClick={async () => setOutcome((await copy(text)) ? "copied" : "failed")}
    >
      {outcome === "copied" ? <CheckIcon aria-hidden className="text-ok" /> : <CopyIcon aria-hidden />}
      <span className="sr-only">{label}</span>
      <span role="status" className="sr-only">
        {outcome === "copied" && "Copied"}
        {outcome === "failed" && "Could not be copied"}
      </span>
    </Button>
  )
}
