import { type Edit, type EditInput, type EditStep, editRights as edit } from "@/lib/pairing/edit"
import type { Raising } from "@/lib/pairing/raise"
import type { Release } from "@/lib/pairing/release"
import type { Refused } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import { type LockoutAnswer, refuseLockout } from "./lockout"
import { keepLowering } from "./lower-ceiling"
import { closeSessions, type Ground, onDevice, saveBy } from "./on-device"
import { rightsSide } from "./rights-side"
import { graceMsOf, keepRotation, type RotationMode } from "./rotate-token"
import { saveRecord } from "./save-record"
import type { RequestEnd } from "./save-requests"
import type { Store } from "./store"

export type EditRightsInput = Pick<EditInput, "role" | "approved" | "token" | "release" | "shownRevision" | "untilMs"> &
  LockoutAnswer & {
    readonly deviceId: string
    readonly mode: RotationMode
    readonly note?: string | null | undefined
    /** Giving more without a request is for people at the console. */
    readonly actor: Extract<Actor, { kind: "admin" }>
    readonly nowMs: number
  }

/**
 * Sets the approved scopes and the token of a role to what a person chose, in one transaction: each part with an audit
 * entry of its own, all of them or none. Closes the sockets of the role where its rights changed. Refuses with what
 * `editRights` refuses with, and with `would-lock-out`.
 */
export async function editRights(store: Store, input: EditRightsInput): Promise<Edit | Refused> {
  const graceMs = await graceMsOf(store, input.mode)
  return onDevice(store, input, async (ground) => {
    const { role, approved, token, release, shownRevision, untilMs, note, actor } = input
    const edited = edit(ground.record, {
      ...{ role, approved, token, release, shownRevision, untilMs, note },
      ...{ authority: actor.authority, policy: ground.policy },
      mode: input.mode.kind === "at-once" ? { kind: "at-once" } : { kind: "on-pickup", graceMs },
      nowMs: ground.nowMs,
      freshTokenIds: { raise: store.keys.newTokenId(), rotate: store.keys.newTokenId() },
    })
    if (!edited.ok) return edited
    const refused = await refuseLockout(store, ground, edited.next, input)
    if (refused !== null) return refused

    let record = ground.record
    for (const step of edited.steps) {
      await keepStep({ ...ground, record }, step, input)
      record = step.result.next
    }
    return edited
  })
}

async function keepStep(ground: Ground, step: EditStep, input: EditRightsInput): Promise<void> {
  switch (step.kind) {
    case "lowered":
      return keepLowering(ground, "device.ceiling-lowered", step.result, input)
    case "raised":
      return keepRaising(ground, step.result, input)
    case "released":
      return keepRelease(ground, step.result, input)
    case "rotated":
      return keepRotation(ground, step.result, input)
  }
}

type Said = Pick<EditRightsInput, "role" | "note" | "untilMs" | "actor">

async function keepRaising(ground: Ground, { next, added, covered }: Raising, said: Said): Promise<void> {
  const { tx, record, deviceId, nowMs } = ground
  const { role, actor, note = null, untilMs = null } = said
  const entryId = await recordAudit(tx, {
    ...{ action: "device.ceiling-raised", actor, atMs: nowMs, deviceId, note },
    before: rightsSide(record.device),
    after: {
      ...{ role, granted: added, ...(untilMs !== null && { untilMs }) },
      ...{ ...(covered.length > 0 && { covered }), ...rightsSide(next.device) },
    },
  })
  const end: RequestEnd = { status: "covered", by: actor, atMs: nowMs, note, granted: added, untilMs }
  const ends = new Map(covered.map((requestId) => [requestId, end]))
  await saveRecord(tx, record, next, saveBy(actor, ground, { issuedHow: "approval", ends, entryId, note }))
  closeSessions(ground, [role], "more was approved")
}

async function keepRelease(ground: Ground, { next, released }: Release, { actor, note = null }: Said): Promise<void> {
  const { tx, record, deviceId, nowMs } = ground
  const entryId = await recordAudit(tx, {
    ...{ action: "device.withheld-released", actor, atMs: nowMs, deviceId, note },
    before: rightsSide(record.device),
    after: { released, ...rightsSide(next.device) },
  })
  await saveRecord(tx, record, next, saveBy(actor, ground, { entryId, note }))
}
