import { createHash, randomBytes } from "node:crypto"
import type { Actor } from "./actor"
import { countActiveOwners, inAdminTransaction } from "./admin-lock"
import { recordAudit } from "./audit"
import type { Store } from "./store"
import type { Transactional, Tx } from "./transaction"

/** How long a link may be used. */
export const linkLifetimeMs = 24 * 60 * 60 * 1000

/** What a link is for: `setup` makes the first owner, `invite` and `reset` set the password of one admin. */
export type LinkPurpose = "setup" | "invite" | "reset"

export type LiveLink =
  | { readonly purpose: "setup"; readonly adminId: null }
  | {
      readonly purpose: "invite" | "reset"
      readonly adminId: string
      readonly email: string
      readonly name: string
    }

/** Why a link opens nothing. One answer for an unknown secret and a used one: nobody is told which. */
export type DeadLink = { readonly ok: false; readonly because: "link-dead" | "owner-exists" }

/** What the database keeps of a link. The secret has 256 random bits, so one round of SHA-256 is enough. */
export function linkHash(secret: string): string {
  return createHash("sha256").update(`gatehouse.link.v1|${secret}`).digest("hex")
}

/** The path of a link. The secret stands in the fragment, which browsers send to nobody. */
export function linkPath(purpose: LinkPurpose, secret: string): string {
  return purpose === "setup" ? `/set-up#${secret}` : `/link#${secret}`
}

/** Makes the link by which the first owner is created. Refuses with `owner-exists` once there is one. */
export async function makeSetupLink(
  store: Transactional,
  { nowMs }: { nowMs: number },
): Promise<{ ok: true; path: string; expiresAtMs: number } | DeadLink> {
  return inAdminTransaction(store, async (tx) => {
    if ((await countActiveOwners(tx)) > 0) return { ok: false, because: "owner-exists" }
    await tx.db.adminLink.deleteMany({ where: { expiresAtMs: { lte: nowMs } } })
    return { ok: true, ...(await insertLink(tx.db, { purpose: "setup", adminId: null, nowMs })) }
  })
}

/**
 * Makes a link by which an admin chooses a password: an invitation while they have none, a reset afterwards.
 * Earlier unused links of the admin die. The password they have stays good until the link is used.
 */
export async function makeAdminLink(
  store: Transactional,
  { adminId, actor, nowMs }: { adminId: string; actor: Actor; nowMs: number },
): Promise<
  | { ok: true; purpose: "invite" | "reset"; path: string; expiresAtMs: number }
  | { ok: false; because: "not-found" | "disabled" }
> {
  return inAdminTransaction(store, async (tx) => {
    const admin = await tx.db.admin.findUnique({ where: { adminId } })
    if (!admin) return { ok: false, because: "not-found" }
    if (admin.disabledAtMs !== null) return { ok: false, because: "disabled" }
    const purpose = admin.passwordHash === null ? "invite" : "reset"
    await tx.db.adminLink.deleteMany({
      where: { OR: [{ adminId, usedAtMs: null }, { expiresAtMs: { lte: nowMs } }] },
    })
    const link = await insertLink(tx.db, { purpose, adminId, nowMs })
    await recordAudit(tx, {
      action: "admin.link-made",
      actor,
      atMs: nowMs,
      subject: adminId,
      after: { email: admin.email, purpose, expiresAtMs: link.expiresAtMs },
    })
    return { ok: true, purpose, ...link }
  })
}

async function insertLink(
  db: Tx["db"],
  { purpose, adminId, nowMs }: { purpose: LinkPurpose; adminId: string | null; nowMs: number },
) {
  const secret = randomBytes(32).toString("base64url")
  const expiresAtMs = nowMs + linkLifetimeMs
  await db.adminLink.create({
    data: { secretHash: linkHash(secret), purpose, adminId, createdAtMs: nowMs, expiresAtMs },
  })
  return { path: linkPath(purpose, secret), expiresAtMs }
}

/** What the set-up page says of a secret: once there is an owner, that there is one, whatever the secret. */
export async function readSetupLink(
  store: Pick<Store, "db">,
  { secret, nowMs }: { secret: string; nowMs: number },
): Promise<{ readonly ok: true } | DeadLink> {
  if (await hasOwner(store)) return { ok: false, because: "owner-exists" }
  const link = await readLink(store, { secret, nowMs })
  return link.ok && link.purpose === "setup" ? { ok: true } : { ok: false, because: "link-dead" }
}

async function hasOwner(store: Pick<Store, "db">): Promise<boolean> {
  const owners = await store.db.admin.count({
    where: { role: "owner", disabledAtMs: null, passwordHash: { not: null } },
  })
  return owners > 0
}

/** What a link would do now, or why it does nothing. Changes nothing. */
export async function readLink(
  store: Pick<Store, "db">,
  { secret, nowMs }: { secret: string; nowMs: number },
): Promise<({ readonly ok: true } & LiveLink) | DeadLink> {
  const link = await store.db.adminLink.findUnique({ where: { secretHash: linkHash(secret) } })
  if (!link || link.usedAtMs !== null || link.expiresAtMs <= nowMs) return { ok: false, because: "link-dead" }
  if (link.purpose === "setup") {
    return (await hasOwner(store))
      ? { ok: false, because: "owner-exists" }
      : { ok: true, purpose: "setup", adminId: null }
  }
  const admin = await store.db.admin.findUnique({ where: { adminId: link.adminId ?? "" } })
  if (!admin || admin.disabledAtMs !== null) return { ok: false, because: "link-dead" }
  return {
    ok: true,
    purpose: link.purpose === "invite" ? "invite" : "reset",
    adminId: admin.adminId,
    email: admin.email,
    name: admin.name,
  }
}
