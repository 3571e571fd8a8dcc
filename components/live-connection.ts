import { syncClock } from "@/components/clock"
import { leaveForSignIn } from "@/components/fetch-json"
import { takeLead } from "@/components/live-leader"
import type { Change } from "@/lib/console/types"

/** Whether this tab does what only one tab of a browser should; and if, whether another one did so before it. */
export type Lead = "none" | "first" | "inherited"

/** What arrives by itself, and whether anything does: `live: false` means that lists have to ask. */
export type Heard = Told | { readonly kind: "lead"; readonly lead: Lead }

type Told =
  | { readonly kind: "changes"; readonly changes: readonly Change[]; readonly everything: boolean }
  | { readonly kind: "live"; readonly live: boolean }

type Message =
  | Told
  | { readonly kind: "beat"; readonly nowMs: number }
  | { readonly kind: "opened" | "ended" | "hello" }

const channelName = "gatehouse-live"
const retryMs = 3000
/** A leader that is silent for longer than two beats of the server counts as gone. */
const silenceMs = 25_000

/** Takes the stream itself and passes on what it says. Returns how to close it. */
function listen(tell: (message: Message) => void): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    const opened = new EventSource("/api/events")
    source = opened
    opened.onopen = () => tell({ kind: "opened" })
    opened.addEventListener("beat", (event) => {
      const { nowMs }: { nowMs: number } = JSON.parse(event.data)
      tell({ kind: "beat", nowMs })
    })
    opened.addEventListener("changes", (event) => {
      const { changes, everything = false }: { changes: Change[]; everything?: boolean } = JSON.parse(event.data)
      tell({ kind: "changes", changes, everything })
    })
    opened.addEventListener("ended", () => {
      opened.close()
      tell({ kind: "ended" })
    })
    opened.onerror = () => {
      tell({ kind: "live", live: false })
      if (opened.readyState !== EventSource.CLOSED) return
      clearTimeout(retry)
      retry = setTimeout(open, retryMs)
    }
  }
  open()
  return () => {
    clearTimeout(retry)
    source?.close()
  }
}

/**
 * Hears what changes on the server, through one stream per browser: the tab that leads reads it and tells the others.
 * Returns how to stop.
 */
export function connectLive(hear: (heard: Heard) => void): () => void {
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(channelName)
  let isLive = false
  let isLeader = false
  let silence: ReturnType<typeof setTimeout> | undefined
  let heardAtMs = 0

  const tellOthers = (message: Message) => channel?.postMessage(message)
  const setLive = (live: boolean) => {
    if (live === isLive) return
    isLive = live
    hear({ kind: "live", live })
  }
  const take = (message: Message) => {
    if (message.kind === "hello") {
      if (isLeader) tellOthers({ kind: "live", live: isLive })
      return
    }
    // A page that slept has missed what was told meanwhile, and its timers slept too.
    const nowMs = Date.now()
    if (nowMs - heardAtMs > silenceMs) setLive(false)
    heardAtMs = nowMs
    clearTimeout(silence)
    silence = setTimeout(() => setLive(false), silenceMs)
    if (message.kind === "ended") return leaveForSignIn()
    if (message.kind === "live") return setLive(message.live)
    if (message.kind === "beat") syncClock(message.nowMs)
    // A new stream knows nothing of what happened before it; becoming live has everything asked for anyway.
    if (message.kind === "opened" && isLive) hear({ kind: "changes", changes: [], everything: true })
    setLive(true)
    if (message.kind === "changes") hear(message)
  }

  if (channel !== null) channel.onmessage = (event: MessageEvent<Message>) => take(event.data)
  tellOthers({ kind: "hello" })

  const stopLeading = takeLead(channel !== null, () => {
    isLeader = true
    hear({ kind: "lead", lead: isLive ? "inherited" : "first" })
    const close = listen((message) => {
      take(message)
      tellOthers(message)
    })
    return () => {
      isLeader = false
      hear({ kind: "lead", lead: "none" })
      close()
    }
  })

  return () => {
    stopLeading()
    clearTimeout(silence)
    channel?.close()
  }
}
