"use client"

import { useQuery } from "@tanstack/react-query"
import { Command } from "cmdk"
import { ClockIcon, SearchIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { useEffect, useRef, useState } from "react"
import { shellQuery } from "@/components/shell-query"
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog"
import { useReturnFocus } from "@/components/ui/use-return-focus"
import type { Doing } from "../devices/[deviceId]/doings"
import { useGoToRequest } from "../requests/inbox-link"
import { DoingLines } from "./doing-lines"
import { countFound, FoundLines, WiderLines } from "./found-lines"
import { Line, Lines } from "./line"
import { foundQuery } from "./query"
import { keepRecentPlace, type RecentPlace, readRecentPlaces } from "./recent-places"
import { useDoings } from "./use-doings"
import { type Entry, matching, useEntries } from "./use-entries"

const typingMs = 120

/** A text once it has stood still for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return text === "" ? "" : settled
}

/** Goes anywhere in the console, by name: to a device, a request, a person, a page; and does a few things. */
export function Palette({ close }: { close: () => void }) {
  const router = useRouter()
  const goToRequest = useGoToRequest()
  const { data: shell } = useQuery(shellQuery())
  const [typed, setTyped] = useState("")
  const text = typed.trim()
  const settled = useSettled(text)
  const { data, isPlaceholderData, isError, isPending } = useQuery(foundQuery(settled))
  const { pages, narrowed, actions } = useEntries()
  const doingLines = useDoings(text, text !== "" && settled === text ? data : undefined)
  const adminId = shell?.admin.id ?? ""
  const [recent] = useState(() => readRecentPlaces(adminId))
  const back = useReturnFocus()
  const hasLeft = useRef(false)
  const input = useRef<HTMLInputElement>(null)

  const go = (place: RecentPlace) => {
    keepRecentPlace(adminId, place)
    visit(place.href)
  }
  const visit = (href: string) => {
    hasLeft.current = true
    const requestId = new URLSearchParams(href.split("?")[1]).get("id")
    if (requestId === null) router.push(href)
    else goToRequest(requestId)
    close()
  }
  const choose = (entry: Entry) => {
    if ("href" in entry) return visit(entry.href)
    close()
    entry.act()
  }
  const askWhich = (doing: Doing) => {
    setTyped(`${doing} `)
    // A press with a pointer took the focus from it.
    input.current?.focus()
  }
  const entryLine = (entry: Entry) => (
    <Line key={entry.name} value={`entry ${entry.name}`} Icon={entry.Icon} choose={() => choose(entry)}>
      {entry.name}
    </Line>
  )

  const doing = <DoingLines lines={doingLines} visit={visit} askWhich={askWhich} />
  const isAnswered = text !== "" && settled === text && !isPending && !isPlaceholderData && !isError
  const foundPages = matching(text === "" ? pages : [...pages, ...narrowed], text)
  const foundActions = matching(actions, text)
  const found = data ? countFound(data) : { count: 0, isMore: false }
  // What can be done to a device that is found is no further find.
  const foundDoings = doingLines.filter(
    ({ device }) => !data?.devices.rows.some(({ deviceId }) => deviceId === device?.deviceId),
  )
  const count = foundPages.length + foundActions.length + foundDoings.length + found.count
  const isSearching = text !== "" && !isAnswered && !isError

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && close()}>
      <DialogContent
        className="flex h-[min(34rem,85dvh)] flex-col gap-0 overflow-hidden p-0 sm:max-w-xl sm:p-0"
        onOpenAutoFocus={back.onOpenAutoFocus}
        onCloseAutoFocus={(event) => {
          if (!hasLeft.current) return back.onCloseAutoFocus(event)
          event.preventDefault()
          // A request takes the focus itself, as soon as it is there.
          if (!window.location.search.includes("id=")) document.getElementById("main")?.focus()
        }}
      >
        <DialogTitle className="sr-only">Search</DialogTitle>
        <DialogDescription className="sr-only">
          Devices, requests, people, pages and actions. Arrow keys choose, Enter opens.
        </DialogDescription>
        <Command label="Search" shouldFilter={false} vimBindings={false} loop className="flex min-h-0 flex-1 flex-col">
          <div className="flex items-center gap-2.5 border-b border-line pr-14 pl-4">
            <SearchIcon aria-hidden className="size-4 shrink-0 text-ink-3" />
            <Command.Input
              ref={input}
              value={typed}
              onValueChange={setTyped}
              maxLength={200}
              placeholder="Device, request, person, page or action"
              className="h-16 min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-ink-3 sm:h-15 sm:text-base"
            />
          </div>
          <Command.List
            label="Where to go"
            aria-busy={isSearching}
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-2 aria-busy:[&_[data-slot=found]]:opacity-60"
          >
            {text === "" && recent.length > 0 && (
              <Lines heading="Recent">
                {recent.map((place) => (
                  <Line
                    key={place.href}
                    value={`recent ${place.href}`}
                    Icon={ClockIcon}
                    hint={place.what}
                    choose={() => go(place)}
                  >
                    <bdi>{place.name}</bdi>
                  </Line>
                ))}
              </Lines>
            )}
            {text === "" && doing}
            {foundPages.length > 0 && <Lines heading="Go to">{foundPages.map(entryLine)}</Lines>}
            {text !== "" && data && (
              <div data-slot="found">
                <FoundLines found={data} go={go} />
              </div>
            )}
            {text !== "" && doing}
            {foundActions.length > 0 && <Lines heading="Do">{foundActions.map(entryLine)}</Lines>}
            {isAnswered && <WiderLines text={text} go={go} />}
          </Command.List>
          <p role="status" className="min-h-10 border-t border-line-soft px-4 py-2 text-sm text-ink-3">
            {text === "" && <span aria-hidden>Type to search everything. Arrow keys choose, Enter opens.</span>}
            {isSearching && "Searching"}
            {isAnswered && (count > 0 ? `${count}${found.isMore ? "+" : ""} found` : `Nothing is called “${text}”.`)}
            {text !== "" && isError && (
              <span className="font-medium text-danger">
                The server did not answer. Devices, requests and people are not searched; it is asked again.
              </span>
            )}
          </p>
        </Command>
      </DialogContent>
    </Dialog>
  )
}
