import type { Refusal } from "./types"

/** Most devices that one command is given for at once. */
export const mostAtOnce = 200

/** What became of a command on one of several devices: what refused it, or null where it was done. */
export type DeviceOutcome = { readonly deviceId: string; readonly refused: Refusal | null }
