import type { Policy } from "@/lib/pairing/types"
import type { AuditAction, AuditSide } from "@/lib/store/audit-actions"
import type { ConsoleRole } from "@/lib/store/console-role"
import type { UpstreamState } from "@/lib/store/upstream-board"

/** One entry of the audit log. */
export type AuditRow = {
  readonly id: string
  readonly atMs: number
  /** Null for an action that this version does not know; `actionName` says it in any case. */
  readonly action: AuditAction | null
  readonly actionName: string
  readonly actor: {
    readonly kind: "admin" | "wire" | "rule" | "device" | "system"
    readonly name: string
    readonly id: string | null
  }
  readonly device: { readonly id: string; readonly name: string; readonly exists: boolean } | null
  /** What else it is about: a request's id, the name of an admin. */
  readonly subject: string | null
  readonly before: AuditSide | null
  readonly after: AuditSide | null
  readonly note: string | null
  /** Its place in the chain and its hash; null until it is sealed. */
  readonly seal: { readonly seq: number; readonly hash: string } | null
}

/** A page of the audit log, newest first. */
export type AuditPage = {
  readonly rows: readonly AuditRow[]
  /** Where the next, older page begins; null at the end. */
  readonly next: string | null
}

/** How many entries a filter lets through, and the state of the chain. Counts stop at 1 000. */
export type AuditSummary = {
  readonly count: number
  readonly isMore: boolean
  /** The most devices that a filter looks at, when its text matches more of them; null when it looks at all. */
  readonly devicesCutTo: number | null
  readonly head: { readonly seq: number; readonly hash: string; readonly atMs: number } | null
  readonly unsealed: number
  /** Why nothing is sealed any more, as half a sentence; null while the chain's end is as it was sealed. */
  readonly broken: string | null
}

export type AuditExport = {
  readonly batches: AsyncGenerator<readonly AuditRow[]>
  readonly devicesCutTo: AuditSummary["devicesCutTo"]
}

/** What came since a page was loaded: how many entries, and the seals of the unsealed ones that it shows. */
export type AuditNews = {
  readonly count: number
  readonly isMore: boolean
  readonly seals: Readonly<Record<string, { readonly seq: number; readonly hash: string }>>
  readonly summary: AuditSummary
}

export type AuditActors = readonly { readonly id: string; readonly name: string }[]

/** What stands around every page of the console. */
export type Shell = {
  readonly admin: {
    readonly id: string
    readonly name: string
    readonly role: ConsoleRole
    /** Whether single-key shortcuts are on. */
    readonly shortcuts: boolean
  }
  readonly sees: { readonly settings: boolean }
  /** Whether this person may decide requests and change devices. */
  readonly decides: boolean
  /** Requests that wait for a decision; the count stops at 1 000. */
  readonly waiting: number
  readonly waitingIsMore: boolean
  readonly online: number
  /** The address to give to devices. */
  readonly address: string
  /** Whether everything here was made up by `npm run demo`. */
  readonly isDemo: boolean
  /** What is wrong with the gateway behind; null while it is up, or where there is none. `reason` is for owners. */
  readonly upstream: {
    readonly state: Exclude<UpstreamState, "off" | "up">
    readonly reason: string | null
  } | null
}

export type { Change } from "@/lib/store/hub"

/** The policy in force, for the page that shows and changes it. */
export type PolicyNow = {
  /** 0 until a person changed the policy for the first time. */
  readonly version: number
  readonly policy: Policy
  /** The gateway's own pages, which are first-party without being listed. */
  readonly ownOrigins: readonly string[]
  readonly mayChange: boolean
}

/** One version of the policy, and what was in force before it. */
export type PolicyVersionRow = {
  readonly version: number
  readonly atMs: number
  readonly byName: string
  readonly note: string | null
  readonly policy: Policy
  readonly previous: Policy
}

export type { TemplatesNow } from "@/lib/store/grant-templates"
