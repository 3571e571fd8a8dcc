"use client"

import { useQuery } from "@tanstack/react-query"
import { usePathname } from "next/navigation"
import { shellQuery } from "@/components/shell-query"
import type { Found, FoundDevice } from "@/lib/console/search-types"
import { allowedOn } from "../devices/[deviceId]/allowed"
import { type Doing, doings, doingsOn, doingWords, factsOf } from "../devices/[deviceId]/doings"
import { deviceQuery } from "../devices/query"
import { foundQuery } from "./query"

/** Something to do with a device, in a dialog of its page; or, without a device, the words to name one after. */
export type DoingLine = {
  readonly doing: Doing
  readonly device: { readonly deviceId: string; readonly name: string | null } | null
}

/** Letters of a word from which on it is taken for something to do. */
const fewestLetters = 3

/** What a text begins with that can be done to a device, and the words after it that name the device. */
export function splitDoing(text: string): { readonly doing: Doing; readonly rest: string } | null {
  const [first = "", ...others] = text.toLowerCase().split(/\s+/)
  const doing = first.length < fewestLetters ? undefined : doings.find((each) => each.startsWith(first))
  if (doing === undefined) return null
  const filler = new Set(doingWords[doing].name.toLowerCase().split(" ").slice(1))
  const from = others.findIndex((word) => !filler.has(word))
  return { doing, rest: from === -1 ? "" : others.slice(from).join(" ") }
}

/** What can be done to the device whose page is open, and to the devices that a text finds, by what the reader may. */
export function useDoings(text: string, found: Found | undefined): readonly DoingLine[] {
  const { data: shell } = useQuery(shellQuery())
  const hereId = /^\/devices\/([0-9a-f]{64})$/.exec(usePathname())?.[1] ?? ""
  const { data: here } = useQuery({ ...deviceQuery(hereId), enabled: false })
  const split = splitDoing(text)
  const { data: named } = useQuery(foundQuery(split?.rest ?? ""))
  if (shell === undefined) return []

  const allowed = allowedOn(shell.admin.role)
  const on = (device: FoundDevice) =>
    doingsOn({ ...device, isPaired: true }, allowed).map((doing): DoingLine => ({ doing, device }))
  const onHere = here ? doingsOn(factsOf(here), allowed).map((doing): DoingLine => ({ doing, device: here })) : []
  if (text === "") return onHere

  const isMeant = ({ doing }: DoingLine) => {
    const own = `${doingWords[doing].name} ${doingWords[doing].also}`.toLowerCase().split(" ")
    return text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => own.some((each) => each.startsWith(word)))
  }
  const own = onHere.filter(isMeant)
  if (split !== null && split.rest !== "") {
    return [...own, ...(named?.devices.rows.flatMap(on).filter(({ doing }) => doing === split.doing) ?? [])]
  }
  const [only, ...others] = found?.devices.rows ?? []
  if (only !== undefined && others.length === 0 && own.length === 0) return on(only)
  const mayEver = doingsOn(
    { isPaired: true, isBlocked: split?.doing === "unblock", isOnline: true, isLive: true },
    allowed,
  )
  if (split !== null && own.length === 0 && mayEver.includes(split.doing)) {
    return [{ doing: split.doing, device: null }]
  }
  return own
}
