import type { DeviceView } from "@/lib/console/device-types"
import type { Allowed } from "./allowed"

/** What the page of a device does in a dialog that its address can open, so that it is one step from anywhere. */
export const doings = ["rotate", "revoke", "edit", "rename", "block", "unblock", "disconnect"] as const

export type Doing = (typeof doings)[number]

/** What decides which of them there are for a device. */
export type DoingFacts = {
  readonly isPaired: boolean
  readonly isBlocked: boolean
  readonly isOnline: boolean
  /** Whether a token of it is in force. */
  readonly isLive: boolean
}

/** What each is called, and other words by which it is found. */
export const doingWords: Record<Doing, { readonly name: string; readonly also: string }> = {
  rotate: { name: "Rotate the token", also: "renew replace" },
  revoke: { name: "Revoke the token", also: "end kill" },
  edit: { name: "Edit scopes", also: "lower raise narrow rights" },
  rename: { name: "Rename", also: "label" },
  block: { name: "Block", also: "ban" },
  unblock: { name: "Unblock", also: "allow" },
  disconnect: { name: "Disconnect", also: "close session" },
}

const offered: Record<Doing, (facts: DoingFacts, allowed: Allowed) => boolean> = {
  rotate: ({ isLive }, allowed) => isLive && allowed.rotate,
  revoke: ({ isLive }, allowed) => isLive && allowed.revoke,
  edit: ({ isPaired }, allowed) => isPaired && allowed.editScopes,
  rename: ({ isPaired }, allowed) => isPaired && allowed.rename,
  block: ({ isBlocked }, allowed) => !isBlocked && allowed.block,
  unblock: ({ isBlocked }, allowed) => isBlocked && allowed.unblock,
  disconnect: ({ isOnline }, allowed) => isOnline && allowed.disconnect,
}

/** Those that the page of a device has buttons for. */
export function doingsOn(facts: DoingFacts, allowed: Allowed): readonly Doing[] {
  return doings.filter((doing) => offered[doing](facts, allowed))
}

/** The same facts of a device whose page is open. */
export function factsOf({ paired, block, sessions }: DeviceView): DoingFacts {
  return {
    isPaired: paired !== null,
    isBlocked: block !== null,
    isOnline: sessions.length > 0,
    isLive: liveRole({ paired }) !== null,
  }
}

/** The role whose token is meant where none is named: the first that has one in force. */
export function liveRole({ paired }: Pick<DeviceView, "paired">) {
  return paired?.roles.find(({ token }) => token !== null && token.standing !== "revoked")?.role ?? null
}
