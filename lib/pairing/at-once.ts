import type { LockoutLoss, Refusal } from "./types"

/** Most devices that one command is given for at once. */
export const mostAtOnce = 200

/** What one should know before several devices are cut off at once. */
export type CutOffSummary = {
  /** How many of them there are; fewer than were named, where some are gone. */
  readonly devices: number
  /** Of those that are cut off, how many are connected. */
  readonly online: number
  /** Every approved scope among those that are cut off, with how many hold it. */
  readonly scopes: readonly { readonly scope: string; readonly devices: number }[]
  /** Those that are left out, each with what would stop working without it. */
  readonly kept: readonly { readonly deviceId: string; readonly because: readonly LockoutLoss[] }[]
}

/** What became of a command on one of several devices: what refused it, or null where it was done. */
export type DeviceOutcome = { readonly deviceId: string; readonly refused: Refusal | null }
