import { createHash } from "node:crypto"

/** The columns of an audit entry that its hash covers. */
export type ChainedEntry = {
  readonly id: string
  readonly atMs: number
  readonly action: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly actorName: string
  readonly deviceId: string | null
  readonly subject: string | null
  readonly before: string | null
  readonly after: string | null
  readonly note: string | null
}

export const chainedColumns = {
  ...{ id: true, atMs: true, action: true, actorKind: true, actorId: true, actorName: true },
  ...{ deviceId: true, subject: true, before: true, after: true, note: true },
} as const

/** What the first entry follows. */
export const firstHash = "0".repeat(64)

/** The hash of an entry at its place: SHA-256 over the previous hash and the canonical entry, in hex. */
export function chainHash(prevHash: string, seq: number, entry: ChainedEntry): string {
  const { id, atMs, action, actorKind, actorId, actorName, deviceId, subject, before, after, note } = entry
  const canonical = [seq, id, atMs, action, actorKind, actorId, actorName, deviceId, subject, before, after, note]
  return createHash("sha256")
    .update(`${prevHash}\n${JSON.stringify(canonical)}`)
    .digest("hex")
}

/** The text that is signed for the head of the chain. */
export function headText(head: { readonly seq: number; readonly hash: string; readonly atMs: number }): string {
  return `gatehouse.audit-head.v1|${head.seq}|${head.hash}|${head.atMs}`
}
