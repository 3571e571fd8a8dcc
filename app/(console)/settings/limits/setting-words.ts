import type { SettingKey } from "@/lib/console/settings-types"

export type NumberKey = Exclude<SettingKey, "signInNotice">

type Words = { readonly label: string; readonly what: string; readonly unit: string }

/** Every number that can be set, under the heading of the page that it stands under. */
export const settingGroups: readonly { readonly title: string; readonly keys: readonly NumberKey[] }[] = [
  { title: "Requests that wait", keys: ["pendingPerAddress", "pendingTotal"] },
  {
    title: "Before a device has proved who it is",
    keys: ["unauthenticatedPerAddress", "handshakeSeconds", "frameKibBeforeLogin"],
  },
  {
    title: "Wrong tokens and passwords of devices",
    keys: ["failureLimit", "failureWindowSeconds", "failureWaitSeconds"],
  },
  { title: "Tokens", keys: ["graceHours"] },
  { title: "How long things are kept", keys: ["attemptDays", "requestDays", "refusalDays", "methodUseDays"] },
  { title: "Console sessions", keys: ["sessionIdleDays", "sessionMaxDays"] },
]

export const settingWords: Record<NumberKey, Words> = {
  pendingPerAddress: {
    label: "From one address",
    what: "Further devices from there are told to come back later. An IPv6 network counts as one address.",
    unit: "requests",
  },
  pendingTotal: {
    label: "From everywhere together",
    what: "A last bound on what strangers can pile up.",
    unit: "requests",
  },
  unauthenticatedPerAddress: {
    label: "Open sockets of one address",
    what: "Those that have not authenticated yet.",
    unit: "sockets",
  },
  handshakeSeconds: { label: "Time to authenticate", what: "After it the socket is closed.", unit: "seconds" },
  frameKibBeforeLogin: { label: "Largest message before that", what: "A longer one closes the socket.", unit: "KiB" },
  failureLimit: {
    label: "Failures of one address",
    what: "Then it has to wait. A valid device token is let in all the same, and this machine is slowed down but never shut out.",
    unit: "failures",
  },
  failureWindowSeconds: { label: "Counted within", what: "Older failures are forgotten.", unit: "seconds" },
  failureWaitSeconds: { label: "The wait", what: "How long such an address is refused.", unit: "seconds" },
  graceHours: {
    label: "Grace of a rotation on pickup",
    what: "How long the old token still opens the door, to hand over the new one.",
    unit: "hours",
  },
  attemptDays: { label: "Connect attempts of devices", what: "For the device's page.", unit: "days" },
  requestDays: { label: "Ended requests", what: "With how they ended and by whom.", unit: "days" },
  refusalDays: {
    label: "Counts of refused strangers",
    what: "Numbers only; nothing else is kept of them.",
    unit: "days",
  },
  methodUseDays: {
    label: "Use of methods",
    what: "Which methods of the gateway behind this one a device called, and how often.",
    unit: "days",
  },
  sessionIdleDays: { label: "Without use", what: "A session that nobody uses ends after this.", unit: "days" },
  sessionMaxDays: {
    label: "In any case",
    what: "Then one signs in again. Holds for sessions opened from now on.",
    unit: "days",
  },
}
