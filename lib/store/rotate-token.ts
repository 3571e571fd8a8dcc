import { type Rotation, rotate } from "@/lib/pairing/rotate"
import type { Refused, Role } from "@/lib/pairing/types"
import { recordAudit } from "./audit"
import { type LockoutAnswer, refuseLockout } from "./lockout"
import { closeSessions, type Ground, onDevice, saveBy } from "./on-device"
import { tokenSide } from "./rights-side"
import { saveRecord } from "./save-record"
import { currentSettings } from "./settings"
import type { Store } from "./store"

const hourMs = 3_600_000

/** On pickup, without `graceMs`, the old token lives on for as long as the settings say. */
export type RotationMode =
  | { readonly kind: "at-once" }
  | { readonly kind: "on-pickup"; readonly graceMs?: number | undefined }

export type RotateTokenInput = LockoutAnswer & {
  readonly deviceId: string
  readonly role: Role
  /** Scopes of the new token; left out, it keeps those of the old one. */
  readonly scopes?: readonly string[] | undefined
  readonly mode: RotationMode
  /** True when a person narrows in the console: asking for what was taken away is then no error. */
  readonly rememberNarrowing: boolean
  /** The revision of the device's rights that a person saw when they chose. */
  readonly shownRevision?: number | undefined
  /** True when the caller is the device itself and is told the secret; the token then counts as delivered. */
  readonly isHandedOver?: boolean | undefined
  readonly note?: string | null | undefined
  readonly nowMs: number
}

/** How long an old token lives on after a rotation in this mode. */
export async function graceMsOf(store: Store, mode: RotationMode): Promise<number> {
  if (mode.kind === "at-once") return 0
  return mode.graceMs ?? (await currentSettings(store)).graceHours * hourMs
}

/**
 * Replaces the token of a role and closes the role's sockets. The approved scopes stay as they are. The secret is
 * for the device itself; nobody else is shown it. Refuses with what `rotate` refuses with, and with `would-lock-out`.
 */
export async function rotateToken(
  store: Store,
  input: RotateTokenInput,
): Promise<(Rotation & { readonly secret: string }) | Refused> {
  const graceMs = await graceMsOf(store, input.mode)
  return onDevice(store, input, async (ground) => {
    const { record, deviceId, nowMs } = ground
    const { role, scopes, mode, rememberNarrowing, isHandedOver, shownRevision, actor } = input
    const rotation = rotate(record, {
      ...{ role, scopes, rememberNarrowing, isHandedOver, shownRevision, authority: actor.authority, nowMs },
      policy: ground.policy,
      mode: mode.kind === "at-once" ? { kind: "at-once" } : { kind: "on-pickup", graceMs },
      freshTokenId: store.keys.newTokenId(),
    })
    if (!rotation.ok) return rotation
    const refused = await refuseLockout(store, ground, rotation.next, input)
    if (refused !== null) return refused
    await keepRotation(ground, rotation, input)
    return { ...rotation, secret: store.keys.deriveToken(rotation.token.tokenId, deviceId, role) }
  })
}

/** Writes a rotation with its audit entry, and closes the sockets of the role. */
export async function keepRotation(
  ground: Ground,
  { next, oldTokenUntilMs }: Rotation,
  { role, mode, actor, note = null }: Pick<RotateTokenInput, "role" | "mode" | "actor" | "note">,
): Promise<void> {
  const { tx, record, deviceId, nowMs } = ground
  const entryId = await recordAudit(tx, {
    ...{ action: "token.rotated", actor, atMs: nowMs, deviceId, subject: role, note },
    before: tokenSide(record.device, role),
    after: { role, mode: mode.kind, oldTokenUntilMs, ...tokenSide(next.device, role) },
  })
  await saveRecord(tx, record, next, saveBy(actor, ground, { entryId, note }))
  closeSessions(ground, [role], "the token was rotated")
}
