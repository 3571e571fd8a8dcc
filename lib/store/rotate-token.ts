import { type Rotation, rotate } from "@/lib/pairing/rotate"
import type { Refused, Role } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import { closeSessions, onDevice, saveBy } from "./on-device"
import { tokenSide } from "./rights-side"
import { saveRecord } from "./save-record"
import { currentSettings } from "./settings"
import type { Store } from "./store"

const hourMs = 3_600_000

export type RotateTokenInput = {
  readonly deviceId: string
  readonly role: Role
  /** Scopes of the new token; left out, it keeps those of the old one. */
  readonly scopes?: readonly string[] | undefined
  /** On pickup, without `graceMs`, the old token lives on for as long as the settings say. */
  readonly mode: { readonly kind: "at-once" } | { readonly kind: "on-pickup"; readonly graceMs?: number | undefined }
  /** True when a person narrows in the console: asking for what was taken away is then no error. */
  readonly rememberNarrowing: boolean
  /** The revision of the device's rights that a person saw when they chose. */
  readonly shownRevision?: number | undefined
  /** True when the caller is the device itself and is told the secret; the token then counts as delivered. */
  readonly isHandedOver?: boolean | undefined
  readonly note?: string | null | undefined
  readonly actor: Commander
  readonly nowMs: number
}

/**
 * Replaces the token of a role and closes the role's sockets. The approved scopes stay as they are. The secret is
 * for the device itself; nobody else is shown it. Refuses with what `rotate` refuses with.
 */
export async function rotateToken(
  store: Store,
  input: RotateTokenInput,
): Promise<(Rotation & { readonly secret: string }) | Refused> {
  const { graceHours } = await currentSettings(store)
  return onDevice(store, input, async (ground) => {
    const { tx, record, deviceId, nowMs } = ground
    const { role, scopes, mode, rememberNarrowing, isHandedOver, shownRevision, actor, note = null } = input
    const graceMs = mode.kind === "on-pickup" ? (mode.graceMs ?? graceHours * hourMs) : 0
    const rotation = rotate(record, {
      ...{ role, scopes, rememberNarrowing, isHandedOver, shownRevision, authority: actor.authority, nowMs },
      policy: ground.policy,
      mode: mode.kind === "at-once" ? { kind: "at-once" } : { kind: "on-pickup", graceMs },
      freshTokenId: store.keys.newTokenId(),
    })
    if (!rotation.ok) return rotation

    const { oldTokenUntilMs } = rotation
    const entryId = await recordAudit(tx, {
      ...{ action: "token.rotated", actor, atMs: nowMs, deviceId, subject: role, note },
      before: tokenSide(record.device, role),
      after: { role, mode: mode.kind, oldTokenUntilMs, ...tokenSide(rotation.next.device, role) },
    })
    await saveRecord(tx, record, rotation.next, saveBy(actor, ground, { entryId, note }))
    closeSessions(ground, [role], "the token was rotated")
    return { ...rotation, secret: store.keys.deriveToken(rotation.token.tokenId, deviceId, role) }
  })
}
