import { seedPolicy } from "@/lib/pairing/policy"
import type { Policy } from "@/lib/pairing/types"
import type { Database } from "./client"
import type { Hub } from "./hub"
import { parsePolicy } from "./policy-document"

export type PolicyNow = {
  /** 0 until a person changed the policy for the first time. */
  readonly version: number
  /** What connects are decided by: as written, and with the gateway's own pages among the first-party origins. */
  readonly policy: Policy
  readonly written: Policy
}

export type CurrentPolicy = {
  read(): Promise<PolicyNow>
  /** Reads it afresh at the next call. */
  forget(): void
}

// Another process on SQLite (a tool) tells no hub.
const maxAgeMs = 5_000

/** The policy in force, kept in memory until the hub tells of another version. */
export function createCurrentPolicy(db: Database["db"], hub: Hub, ownOrigins: () => readonly string[]): CurrentPolicy {
  let kept: Promise<PolicyNow> | null = null
  let keptAt = 0
  const forget = () => {
    kept = null
  }
  hub.subscribe((changes) => {
    if (changes.some((change) => change.kind === "policy" || change.kind === "missed")) forget()
  })
  return {
    forget,
    read() {
      const now = performance.now()
      if (kept !== null && now - keptAt < maxAgeMs) return kept
      const reading = readPolicy(db, ownOrigins())
      kept = reading
      keptAt = now
      reading.catch(forget)
      return reading
    },
  }
}

async function readPolicy(db: Database["db"], ownOrigins: readonly string[]): Promise<PolicyNow> {
  const row = await db.policyVersion.findFirst({
    orderBy: { version: "desc" },
    select: { version: true, document: true },
  })
  const written = row === null ? seedPolicy : parsePolicy(row.document)
  const firstPartyOrigins = [...new Set([...written.firstPartyOrigins, ...ownOrigins])]
  return { version: row?.version ?? 0, written, policy: { ...written, firstPartyOrigins } }
}
