import { z } from "zod"

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)

/**
 * Every setting with the values it may take and the one it has until an owner changes it. Units are in the names.
 * The order is that of the page.
 */
export const settingsSchema = z.object({
  /** Pending requests that one address (IPv6 by /64) may have open. */
  pendingPerAddress: whole(1, 1000).default(32),
  /** Pending requests of everybody together. */
  pendingTotal: whole(10, 1_000_000).default(10_000),
  /** Open sockets of one address that have not authenticated. */
  unauthenticatedPerAddress: whole(1, 1000).default(32),
  /** How long a socket may take to authenticate. */
  handshakeSeconds: whole(2, 120).default(15),
  /** Largest frame before authentication. */
  frameKibBeforeLogin: whole(8, 1024).default(64),
  /** Failures per address and kind of credential within the window, before the address has to wait. */
  failureLimit: whole(3, 1000).default(10),
  failureWindowSeconds: whole(10, 3600).default(60),
  failureWaitSeconds: whole(10, 86_400).default(300),
  /** How long an old token lives on after a rotation on pickup. */
  graceHours: whole(1, 720).default(24),
  /** How long connect attempts of devices are kept. */
  attemptDays: whole(1, 3650).default(90),
  /** How long ended requests are kept. */
  requestDays: whole(1, 3650).default(365),
  /** How long counters of refused strangers are kept. */
  refusalDays: whole(1, 365).default(30),
  /** How long it is kept which methods a device called. */
  methodUseDays: whole(1, 3650).default(90),
  /** A console session ends after this long without use, and after `sessionMaxDays` in any case. */
  sessionIdleDays: whole(1, 90).default(7),
  sessionMaxDays: whole(1, 365).default(30),
  /** A line that everybody reads on the sign-in page; empty for none. */
  signInNotice: z.string().trim().max(280).default(""),
})

export type Settings = z.output<typeof settingsSchema>

export type SettingKey = keyof Settings

/** What every setting is until an owner changes it. */
export const defaultSettings: Settings = settingsSchema.parse({})
