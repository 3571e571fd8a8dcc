import { type AuditVerdict, verifyAudit } from "@/lib/store/verify-audit"
import { withStore } from "./with-store"

type Broken = Extract<AuditVerdict, { ok: false }>

const sentences: Record<Broken["because"], string> = {
  "entry-missing": "an entry is missing there",
  "entry-changed": "the entry there is not the one that was sealed",
  "head-missing": "the signed end of the chain is gone",
  "head-forged": "the end of the chain is not signed with this server's key",
  "head-differs": "entries were cut off or added after the signed end",
}

await withStore(async (store) => {
  const verdict = await verifyAudit(store)
  const tail = verdict.unsealed === 0 ? "" : `, ${verdict.unsealed} newest not sealed yet`
  if (verdict.ok) {
    console.log(`The audit chain holds: ${verdict.sealed} entries sealed${tail}.`)
    return 0
  }
  const entry = verdict.entryId === null ? "" : ` (entry ${verdict.entryId})`
  console.error(`The audit chain is broken at place ${verdict.seq}${entry}: ${sentences[verdict.because]}${tail}.`)
  return 1
})
