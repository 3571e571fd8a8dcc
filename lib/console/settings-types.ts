import type { ConsoleRole } from "@/lib/store/console-role"
import type { SettingKey, Settings } from "@/lib/store/settings-schema"

export type { SettingKey, Settings }

export type AdminState = "active" | "invited" | "disabled"

/** One person of the console. */
export type AdminRow = {
  readonly adminId: string
  readonly email: string
  readonly name: string
  readonly role: ConsoleRole
  readonly state: AdminState
  readonly createdAtMs: number
  readonly lastSignInMs: number | null
  readonly sessions: number
  /** A link that can still be used, with its end. */
  readonly link: { readonly purpose: "invite" | "reset"; readonly expiresAtMs: number } | null
  readonly isYou: boolean
  /** The one owner who can sign in: cannot be disabled or demoted. */
  readonly isLastOwner: boolean
}

/** The settings in force, and how each may be set. */
export type SettingsNow = {
  readonly settings: Settings
  readonly defaults: Settings
  readonly changed: { readonly atMs: number; readonly by: string } | null
}

/** Where the shared token comes from; never the token. */
export type SharedTokenFacts = {
  readonly source: "environment" | "file"
  readonly lastShown: { readonly atMs: number; readonly by: string } | null
  readonly lastRotated: { readonly atMs: number; readonly by: string } | null
}

/** Where this gateway listens, and what stands before it. */
export type GatewayFacts = {
  readonly deviceAddress: string
  readonly consoleAddress: string
  readonly publicUrl: string | null
  readonly listensOn: string
  readonly proxyPort: number | null
  readonly declared: readonly string[]
  /** Peers that sent forwarding headers since the server started. */
  readonly seen: readonly { readonly address: string; readonly declared: boolean }[]
  readonly sockets: number
  readonly database: "sqlite" | "postgresql"
}

/** One of the reader's own sessions. */
export type SessionRow = {
  readonly id: string
  /** Browser and system, in words. */
  readonly client: string
  readonly address: string
  readonly createdAtMs: number
  readonly lastSeenAtMs: number
  readonly isThis: boolean
}

export type Account = {
  readonly name: string
  readonly email: string
  readonly role: ConsoleRole
  readonly shortcuts: boolean
}
