"use client"

import { SearchIcon } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { Input } from "@/components/ui/input"

/** Long enough to type a word in, short enough not to be waited for. */
const typingMs = 250

/** What is typed is searched for by itself. */
export function SearchField({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  const search = useRef(onSearch)
  useEffect(() => {
    search.current = onSearch
  })

  // Back and forward, and "clear", change what the field should say.
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setTyped(value)
  }, [value])

  useEffect(() => {
    const q = typed.trim()
    if (q === sent.current) return
    const timer = setTimeout(() => {
      sent.current = q
      search.current(q)
    }, typingMs)
    return () => clearTimeout(timer)
  }, [typed])

  return (
    <div className="relative min-w-0 flex-1 basis-52 @4xl:max-w-xs">
      <SearchIcon
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3"
      />
      <Input
        type="search"
        aria-label="Search devices"
        placeholder="Name, address, …"
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        className="bg-panel pl-8.5"
      />
    </div>
  )
}
