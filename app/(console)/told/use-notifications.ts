"use client"

import { useSyncExternalStore } from "react"

/** Whether this browser tells of new requests: it cannot, it may not, its owner does not want it, or it does. */
export type NotificationState = "impossible" | "refused" | "off" | "on"

const key = "gatehouse-notifications"
const listeners = new Set<() => void>()

function read(): NotificationState {
  if (typeof Notification === "undefined" || !window.isSecureContext) return "impossible"
  if (Notification.permission === "denied") return "refused"
  return window.localStorage.getItem(key) === "on" && Notification.permission === "granted" ? "on" : "off"
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener("storage", tell)
  // The permission can be taken back outside of any page.
  let permission: PermissionStatus | undefined
  navigator.permissions?.query({ name: "notifications" }).then(
    (status) => {
      permission = status
      if (listeners.has(listener)) status.addEventListener("change", tell)
    },
    () => undefined,
  )
  return () => {
    listeners.delete(listener)
    permission?.removeEventListener("change", tell)
    if (listeners.size === 0) window.removeEventListener("storage", tell)
  }
}

export function useNotificationState(): NotificationState {
  return useSyncExternalStore(subscribe, read, () => "off")
}

/** Switches notifications on, asking the browser for its permission, or off. */
export async function switchNotifications(isWanted: boolean): Promise<void> {
  if (isWanted) await Notification.requestPermission()
  window.localStorage.setItem(key, isWanted ? "on" : "off")
  tell()
}
