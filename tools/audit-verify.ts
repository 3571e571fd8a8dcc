import { endBreakSentences } from "@/lib/store/check-chain-end"
import { type AuditVerdict, verifyAudit } from "@/lib/store/verify-audit"
import { withStore } from "./with-store"

type Broken = Extract<AuditVerdict, { ok: false }>

const sentences: Record<Broken["because"], string> = {
  ...endBreakSentences,
  "entry-missing": "an entry is missing there",
  "entry-changed": "the entry there is not the one that was sealed",
}

await withStore(async (store) => {
  const verdict = await verifyAudit(store)
  const tail = verdict.unsealed === 0 ? "" : `, ${verdict.unsealed} newest not sealed yet`
  if (verdict.ok) {
    console.log(`The audit chain holds: ${verdict.sealed} entries sealed${tail}.`)
    if (verdict.sealed > 0 && verdict.anchoredAt === null)
      console.log(
        "No file in the data directory says how far it had come, so a database put back to an earlier state would not be seen here.",
      )
    return 0
  }
  const entry = verdict.entryId === null ? "" : ` (entry ${verdict.entryId})`
  console.error(`The audit chain is broken at place ${verdict.seq}${entry}: ${sentences[verdict.because]}${tail}.`)
  return 1
})
