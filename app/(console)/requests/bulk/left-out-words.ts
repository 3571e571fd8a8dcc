import type { BulkRow } from "@/lib/console/bulk-types"
import type { Warning } from "@/lib/console/request-types"
import type { LeftOut } from "@/lib/pairing/bulk"
import { leftOutSentences } from "@/lib/pairing/explain"

const mind: Record<Warning["kind"], string> = {
  name: "a name like that of another key",
  address: "a known address, a new key",
  "removed-key": "this key was removed before",
  "removed-name": "a device of nearly this name was removed",
  "blocked-name": "a device of nearly this name is blocked",
  burst: "many keys wait from its address",
}

/** Why a request is left out, with what there is to mind by its name. */
export function leftOutInWords({ warnings }: Pick<BulkRow, "warnings">, because: LeftOut): string {
  if (because !== "warned" || warnings.length === 0) return leftOutSentences[because]
  return `To mind first: ${[...new Set(warnings.map(({ kind }) => mind[kind]))].join("; ")}.`
}
