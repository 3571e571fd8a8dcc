import { createHash } from "node:crypto"
import { accessSync, constants, existsSync, readFileSync } from "node:fs"
import { open, rename } from "node:fs/promises"
import { join } from "node:path"
import { databaseLocation } from "./client"
import type { Keys } from "./keys"

/** A place in the chain of audit entries, and the hash that stands there. */
export type ChainPlace = { readonly seq: number; readonly hash: string }

/**
 * The last sealed place that this process knows of, kept where whoever writes to the database cannot reach: in
 * memory, and in a signed file of the data directory, so that it outlives the process. It may lie behind the head,
 * never before it.
 */
export type AuditAnchor = {
  /** Null where no seal is known of; `forged` where the file is not one that this server signed. */
  known(): ChainPlace | "forged" | null
  /** Remembers a place that is sealed and committed. A place before the known one is left aside. */
  keep(place: ChainPlace): Promise<void>
}

/** The file of the anchor: one for the database in the directory, one for each PostgreSQL database. */
export function anchorFile(dataDir: string, databaseUrl: string | null): string {
  const location = databaseLocation(databaseUrl, dataDir)
  if (location.dialect === "sqlite") return join(dataDir, "audit-anchor")
  // Without user, password and parameters, which may change while the database stays the same.
  const { host, pathname } = new URL(location.url)
  const name = createHash("sha256").update(`${host}${pathname}`).digest("hex").slice(0, 12)
  return join(dataDir, `audit-anchor-${name}`)
}

let opened = 0

/**
 * Opens the anchor of a database. Servers on PostgreSQL need no data directory: where there is none that can be
 * written, the anchor lasts as long as the process.
 */
export function openAnchor(from: {
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly keys: Keys
}): AuditAnchor {
  const { dataDir, databaseUrl, keys } = from
  const file = isWritable(dataDir) ? anchorFile(dataDir, databaseUrl) : null
  const found = file === null || !existsSync(file) ? null : parse(readFileSync(file, "utf8"), keys)
  let known = found === null || found === "forged" ? found : found.place
  let kept = found === null || found === "forged" || found.keyId !== keys.keyId ? null : found.place
  let writing: Promise<void> = Promise.resolve()
  opened += 1
  // The same names again after a crash, so that what it left half-written does not pile up.
  const fresh = `${file}.${process.pid}-${opened}.new`

  async function write(): Promise<void> {
    if (file === null || known === null || known === "forged" || kept === known) return
    const place = known
    await replaceFile(file, fresh, format(place, keys))
    kept = place
  }

  return {
    known: () => known,
    keep(place) {
      if (known === "forged") return Promise.resolve()
      if (known === null || place.seq > known.seq) known = place
      // One after the other, and a failed one is tried again with the next seal.
      const written = writing.then(write)
      writing = written.catch(() => undefined)
      return written
    },
  }
}

function isWritable(dataDir: string): boolean {
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

const line = /^(\d{1,15}) ([0-9a-f]{64}) (\S+) (\S+)\n$/

function anchorText({ seq, hash }: ChainPlace): string {
  return `gatehouse.audit-anchor.v1|${seq}|${hash}`
}

function format(place: ChainPlace, keys: Keys): string {
  return `${place.seq} ${place.hash} ${keys.keyId} ${keys.sign(anchorText(place))}\n`
}

function parse(text: string, keys: Keys): { place: ChainPlace; keyId: string } | "forged" {
  const [, seq = "", hash = "", keyId = "", signature = ""] = line.exec(text) ?? []
  const place = { seq: Number(seq), hash }
  return keys.isSigned(anchorText(place), keyId, signature) ? { place, keyId } : "forged"
}

/** A reader, and whoever starts after a loss of power, finds the old text or the new one, whole. */
async function replaceFile(file: string, fresh: string, text: string): Promise<void> {
  const handle = await open(fresh, "w", 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(fresh, file)
}
