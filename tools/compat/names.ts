import { type Checks, mustHold } from "../checks"
import { freePort } from "../server-process"
import { foreignName, openclawNode, tailnetName } from "./real-client"
import { ask, listed, printedJson, refusedJson, requestIdIn, type Setting } from "./setting"

/** Makes the key that the tool then sends: a node that finds nobody makes its key and is stopped again. */
export async function withIdentity(setting: Setting, name: string): Promise<string> {
  const state = setting.stateDir(name)
  const nobody = await freePort()
  const host = openclawNode(state, { host: "127.0.0.1", port: nobody, name, token: setting.token })
  await host.printed(/connect failed: connect ECONNREFUSED/)
  await host.stop()
  return state
}

/** The same tool by names that resolve to this machine: now it sends a device, which must be paired like any other. */
export async function checkNames(checks: Checks, setting: Setting): Promise<void> {
  const { check } = checks
  const atHome = await withIdentity(setting, "tailnet")
  const local = (...args: string[]) => ask(setting, atHome, args, { host: tailnetName })

  await check("by a tailnet name: paired silently", async () => {
    const own = { clientId: "cli", roles: ["operator"], scopes: ["operator.pairing"], approvedVia: "silent" }
    mustHold(printedJson(await local("devices", "list")), { pending: [], paired: [own] })
  })

  await check("by a tailnet name: more scopes are granted silently", async () => {
    mustHold(printedJson(await local("gateway", "health")), { ok: true })
    mustHold(await listed(setting), {
      pending: [],
      paired: [{ clientId: "cli", scopes: ["operator.pairing", "operator.read"], approvedVia: "silent" }],
    })
  })

  await checkForeignName(checks, setting, "by another name")
}

/** The tool by a name that does not count as local: each further right waits for a person. */
export async function checkForeignName({ check }: Checks, setting: Setting, how: string): Promise<void> {
  const elsewhere = await withIdentity(setting, "foreign")
  const foreign = (...args: string[]) => ask(setting, elsewhere, args, { host: foreignName })

  await check(`${how}: refused with its reason, approved in the console, works`, async () => {
    const refused = refusedJson(await foreign("gateway", "health"))
    mustHold(refused, {
      error: {
        code: "NOT_PAIRED",
        details: { code: "PAIRING_REQUIRED", reason: "not-paired", requestedScopes: ["operator.read"] },
      },
    })
    const requestId = requestIdIn(refused)
    const words = new RegExp(`pairing required.*requestId: ${requestId}`)
    mustHold(refusedJson(await foreign("gateway", "health")), { error: { message: words } })
    await setting.desk.approve(requestId)
    mustHold(printedJson(await foreign("gateway", "health")), { ok: true })
  })

  await check(`${how}: more scopes are a request, approved in the console, works`, async () => {
    const refused = refusedJson(await foreign("devices", "list"))
    // The client's own words for the reason `scope-upgrade`; for any other reason it has others.
    mustHold(refused, { error: { message: /^scope upgrade pending approval \(requestId: / } })
    await setting.desk.approve(requestIdIn(refused))
    printedJson(await foreign("devices", "list"))
  })
}
