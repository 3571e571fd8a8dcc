import { resolve } from "node:path"
import { parseArgs } from "node:util"
import type { Actor } from "@/lib/store/actor"
import { StartError } from "@/lib/store/start-error"
import type { Store } from "@/lib/store/store"
import { handBack, leftOutWords } from "./openclaw/hand-back"
import { withStore } from "./with-store"

/** More than that its gateway cannot write any more: every change of one device fails from then on. */
const mostDevicesThere = 1_489

/** Whoever can run this on the machine owns it; the log says that it was done here. */
const actor: Actor = { kind: "system", name: "command line of the server" }

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { all: { type: "boolean", default: false } },
})
await withStore((store) => exportTo(store, positionals))

async function exportTo(store: Store, [directory, ...more]: readonly string[]): Promise<number> {
  if (directory === undefined || more.length > 0)
    throw new StartError(
      "Usage: npm run export -- DIR [--all]   (the state directory of a gateway that is not running)",
    )
  const options = { directory: resolve(directory), actor, tellsAll: values.all, say: console.log }
  const { file, devices, tokens } = await handBack(store, options)
  const count = devices.count("handed")
  console.log(
    `${file} holds ${count} devices and ${tokens} tokens in clear: whoever reads it can come in as any of them.`,
  )
  console.log(
    "Only you can read it (mode 0600). A gateway that starts with this directory takes it over and renames it.",
  )
  const strangers = devices.count("without-token")
  if (strangers > 0)
    console.log(
      `${strangers} came here from another gateway and have not been back: they come in there with its shared token, or pair again.`,
    )
  for (const because of ["blocked", "nothing-lasting", "not-here"] as const) {
    if (devices.count(because) > 0)
      console.log(`Left out: ${devices.count(because)}, because ${leftOutWords[because]}.`)
  }
  console.log(
    "Requests that wait are not among them: their devices ask again. What is withheld is simply not approved there.",
  )
  if (count > mostDevicesThere)
    console.log(`OpenClaw 2026.9.6 fails with more than ${mostDevicesThere} devices. This is more.`)
  return 0
}
