import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { StartError } from "@/lib/store/start-error"
import type { Store } from "@/lib/store/store"
import { type Brought, bring } from "./openclaw/bring"
import { findStores } from "./openclaw/stores"
import type { Tally } from "./openclaw/tally"
import { refusalWords } from "./openclaw/words"
import { withStore } from "./with-store"

const usage = `Usage:
  npm run import -- DIR [--all]           what would be taken over from the state directory of a gateway
  npm run import -- DIR --apply [--all]   take it over`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { apply: { type: "boolean", default: false }, all: { type: "boolean", default: false } },
})
await withStore((store) => importFrom(store, positionals))

async function importFrom(store: Store, [directory, ...more]: readonly string[]): Promise<number> {
  if (directory === undefined || more.length > 0) throw new StartError(usage)
  const isApplied = values.apply
  const stores = findStores(resolve(directory))
  const brought = await bring(store, stores, { isApplied, tellsAll: values.all, say: console.log })
  summarise(brought, isApplied)
  if (isApplied) return 0
  console.log(`Nothing was written. To do it: npm run import -- ${directory} --apply`)
  return 0
}

function summarise({ devices, requests, tokens }: Brought, isApplied: boolean): void {
  const verb = isApplied ? "Taken over" : "Would be taken over"
  console.log(
    `${verb}: ${devices.count("brought")} devices, ${tokens} tokens (as SHA-256 only), ${requests.count("brought")} requests.`,
  )
  for (const line of [...leftOut("devices", devices), ...leftOut("requests", requests)]) console.log(line)
}

function leftOut(what: string, tally: Tally): readonly string[] {
  const isReason = (heading: string): heading is keyof typeof refusalWords => Object.hasOwn(refusalWords, heading)
  return tally.all().flatMap(([heading, count]) => {
    return isReason(heading) ? [`Left out: ${count} ${what}, because ${refusalWords[heading]}.`] : []
  })
}
