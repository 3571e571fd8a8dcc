"use client"

import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { serverNowMs } from "@/components/clock"
import { fingerprintOf } from "@/components/fingerprint"
import { useLead } from "@/components/live-provider"
import { neutralise } from "@/components/neutralise"
import type { RequestRow } from "@/lib/console/request-types"
import type { PairingReason } from "@/lib/pairing/types"
import { inboxHref, useGoToRequest } from "../requests/inbox-link"
import { queueQuery } from "../requests/query"
import { handOn, readHandedOn } from "./handed-on"
import { showNotification } from "./show-notification"
import { createTeller } from "./teller"
import { useNotificationState } from "./use-notifications"

const titles: Record<PairingReason, string> = {
  "not-paired": "A new device asks to come in",
  "role-upgrade": "A device asks for another role",
  "scope-upgrade": "A device asks for more scopes",
  "metadata-upgrade": "A device says something else about itself",
}

function whoAsks({ label, displayName, deviceId, isLocal, address }: RequestRow): string {
  const name = neutralise(label ?? displayName, 40)?.text ?? "unnamed device"
  return `${name} (${fingerprintOf(deviceId.slice(0, 8))}), from ${isLocal ? "this machine" : address}`
}

/** Tells of new requests by notifications of the browser, in one of its tabs, where they are switched on. */
export function Notifier() {
  const state = useNotificationState()
  const lead = useLead()
  return state === "on" && lead !== "none" ? <Telling isHeir={lead === "inherited"} /> : null
}

function Telling({ isHeir }: { isHeir: boolean }) {
  const { data: queue } = useQuery(queueQuery())
  const [startMs] = useState(serverNowMs)
  const goToRequest = useGoToRequest()
  const go = useRef(goToRequest)
  const teller = useRef<ReturnType<typeof createTeller<RequestRow>> | null>(null)
  useEffect(() => {
    go.current = goToRequest
  })

  useEffect(() => {
    if (!queue) return
    const latestMs = Math.max(startMs, ...queue.rows.map((row) => row.filedAtMs))
    if (teller.current === null) {
      // What waits when the first tab is opened is on the screen already.
      const { sinceMs, toldMs } = (isHeir ? readHandedOn() : null) ?? { sinceMs: startMs, toldMs: startMs }
      teller.current = createTeller<RequestRow>({
        sinceMs,
        show: (row) =>
          showNotification({
            title: titles[row.reason],
            body: whoAsks(row),
            tag: `gatehouse ${row.deviceId}`,
            isSilent: row.filedAtMs <= toldMs,
            href: inboxHref(row.requestId),
            open: () => go.current(row.requestId),
          }),
        showMore: (count) =>
          showNotification({
            title: `${count} more ${count === 1 ? "device asks" : "devices ask"}`,
            body: "They wait for a decision.",
            tag: "gatehouse more",
            isSilent: true,
            href: "/requests",
            open: () => undefined,
          }),
      })
    }
    teller.current.look(queue.rows)
    const oldestMs = teller.current.oldestMs()
    handOn({ sinceMs: oldestMs === null ? latestMs : oldestMs - 1, toldMs: latestMs })
  }, [queue, startMs, isHeir])

  useEffect(() => {
    const stop = () => teller.current?.stop()
    window.addEventListener("pagehide", stop)
    return () => {
      window.removeEventListener("pagehide", stop)
      stop()
      teller.current = null
    }
  }, [])

  return null
}
