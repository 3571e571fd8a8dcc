import { type Checks, mustHold } from "../checks"
import { deviceIdOf } from "./client-state"
import { checkLiveOperator } from "./live-operator"
import { withIdentity } from "./names"
import { foreignName, tailnetName } from "./real-client"
import type { RealGateway } from "./real-gateway"
import { checkSameAnswers } from "./same-answers"
import { ask, listed, phone, printedJson, refusedJson, requestIdIn, type Setting } from "./setting"

const read = ["gateway", "call", "agents.list"]
const admin = ["gateway", "call", "update.status"]

/** A device of the real tool that was approved in the console, up to admin. */
export type Approved = { readonly stateDir: string; readonly deviceId: string }

/** `openclaw …` through the front door of a real gateway: the same answers as without it, within what was granted. */
export async function checkFrontDoor(checks: Checks, setting: Setting, behind: RealGateway): Promise<Approved> {
  const { check } = checks
  const direct = { ...setting, port: behind.port, token: behind.secret }

  await check("devices list: our rows, not those of the gateway behind", async () => {
    const mobile = phone(setting, "Anna's phone", "203.0.113.50")
    const requestId = await mobile.request(["operator.read"], "not-paired")
    mustHold((await listed(setting)).pending, [{ requestId, displayName: "Anna's phone" }])
    mustHold(printedJson(await ask(direct, setting.stateDir("direct"), ["devices", "list"])), {
      pending: [],
      paired: [],
    })
  })

  await checkAtHome(checks, setting)
  const device = await checkElsewhere(checks, setting)
  await checkSameAnswers(checks, setting, behind, device)
  await checkLiveOperator(checks, setting)
  return device
}

/** Seed 1's story, with the real tool as a device of this machine. */
async function checkAtHome({ check }: Checks, setting: Setting): Promise<void> {
  const stateDir = await withIdentity(setting, "door-tailnet")
  const local = (...args: string[]) => ask(setting, stateDir, args, { host: tailnetName })
  const ownScopes = async () => {
    const row = (await listed(setting)).paired.find(({ clientId }) => clientId === "cli")
    mustHold(row, { approvedVia: "silent" })
    return JSON.stringify(row?.scopes)
  }

  await check(
    "on this machine: paired with read, then a command that needs admin is granted silently and works",
    async () => {
      printedJson(await local("nodes", "status"))
      mustHold(await ownScopes(), '["operator.read","operator.pairing"]')
      printedJson(await local(...admin))
      mustHold(await ownScopes(), /"operator\.admin"/)
    },
  )

  await check("on this machine: the device page shows the silent grant, and the store has it as one", async () => {
    const deviceId = deviceIdOf(stateDir)
    const page = await setting.desk.devicePage(deviceId)
    const rights = page.getByRole("region", { name: "Rights as operator" })
    const right = rights.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "operator.admin" }) })
    await right.filter({ hasText: /in token.*silent/ }).waitFor()
    const happened = page.getByText(
      /^Got .*admin.* silently\. Approved silently, because it connects from this machine\./,
    )
    await happened.first().waitFor()
    const device = await setting.db.device.findUniqueOrThrow({ where: { deviceId } })
    mustHold(device, { approvedVia: "local", isSilent: true, silentScopes: /operator\.admin/ })
    const entries = await setting.db.auditEntry.findMany({ where: { deviceId, action: "device.approved-silently" } })
    mustHold(JSON.stringify(entries), /operator\.admin/)
  })
}

/** Its remote mirror: each step waits for a person. */
async function checkElsewhere({ check }: Checks, setting: Setting): Promise<Approved> {
  const stateDir = await withIdentity(setting, "door-foreign")
  const foreign = (...args: string[]) => ask(setting, stateDir, args, { host: foreignName })

  await check("from elsewhere: the same waits, is approved in the console, works", async () => {
    await setting.desk.approve(requestIdIn(refusedJson(await foreign(...read))))
    printedJson(await foreign(...read))
  })

  await check("from elsewhere: a command that needs admin waits, is approved in the console, works", async () => {
    const refused = refusedJson(await foreign(...admin))
    mustHold(refused, { error: { message: /^scope upgrade pending approval / } })
    await setting.desk.approve(requestIdIn(refused))
    printedJson(await foreign(...admin))
  })

  return { stateDir, deviceId: deviceIdOf(stateDir) }
}
