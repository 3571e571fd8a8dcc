"use client"

import { useQuery } from "@tanstack/react-query"
import { usePathname } from "next/navigation"
import { shellQuery } from "@/components/shell-query"
import type { Found, FoundDevice } from "@/lib/console/search-types"
import { allowedOn } from "../devices/[deviceId]/allowed"
import { type Doing, doingsOn, doingWords, factsOf } from "../devices/[deviceId]/doings"
import { deviceQuery } from "../devices/query"
import { foundQuery } from "./query"
import { splitDoing } from "./split-doing"

/** Something to do with a device, in a dialog of its page; or, without a device, the words to name one after. */
export type DoingLine = {
  readonly doing: Doing
  readonly device: { readonly deviceId: string; readonly name: string | null } | null
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
