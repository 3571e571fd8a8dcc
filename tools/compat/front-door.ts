import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Checks, mustHold } from "../checks"
import { withIdentity } from "./names"
import { foreignName, openclaw, tailnetName } from "./real-client"
import type { RealGateway } from "./real-gateway"
import { ask, listed, phone, printedJson, refusedJson, type Setting } from "./setting"

/** Commands of the real tool that ask the gateway itself, with what of their answer is compared. */
const questions: readonly { readonly args: readonly string[]; readonly keys: readonly string[] }[] = [
  { args: ["cron", "list"], keys: ["jobs"] },
  { args: ["nodes", "status"], keys: ["nodes"] },
  { args: ["gateway", "call", "agents.list"], keys: ["agents", "defaultId"] },
  { args: ["gateway", "call", "models.list"], keys: ["models"] },
  { args: ["gateway", "health"], keys: ["ok", "plugins"] },
]

/** `openclaw …` through the front door of a real gateway: the same answers as without it, within what was granted. */
export async function checkFrontDoor({ check }: Checks, setting: Setting, behind: RealGateway): Promise<void> {
  const owner = setting.stateDir("owner")
  const direct = { ...setting, port: behind.port, token: behind.secret }

  for (const { args, keys } of questions) {
    await check(`${args.join(" ")}: the same through the door as without it`, async () => {
      const [through, without] = [
        printedJson(await ask(setting, owner, args)),
        printedJson(await ask(direct, setting.stateDir("direct"), args)),
      ]
      for (const key of keys) mustHold(fieldOf(through, key), fieldOf(without, key), key)
    })
  }

  await check("logs: of the gateway behind", async () => {
    const printed = await openclaw(owner, ["logs", "--limit", "5", ...urlOf(setting)], null)
    mustHold({ ...printed }, { exitCode: 0, stdout: /gateway/ })
  })

  await check("health, status, approvals get: by the configuration of a remote gateway", async () => {
    const state = setting.stateDir("remote-mode")
    const remote = { url: `ws://127.0.0.1:${setting.port}`, token: setting.token }
    writeFileSync(join(state, "openclaw.json"), JSON.stringify({ gateway: { mode: "remote", remote } }))
    mustHold(printedJson(await openclaw(state, ["health", "--json"], null)), { ok: true })
    mustHold(printedJson(await openclaw(state, ["status", "--json"], null)), { runtimeVersion: "2026.9.6" })
    mustHold(fieldOf(printedJson(await openclaw(state, ["approvals", "get", "--json"], null)), "file"), { version: 1 })
  })

  await check("devices list: our rows, not those of the gateway behind", async () => {
    const mobile = phone(setting, "Anna's phone", "203.0.113.50")
    const requestId = await mobile.request(["operator.read"], "not-paired")
    mustHold((await listed(setting)).pending, [{ requestId, displayName: "Anna's phone" }])
    mustHold(printedJson(await ask(direct, setting.stateDir("direct"), ["devices", "list"])), {
      pending: [],
      paired: [],
    })
  })

  await checkDevices({ check }, setting)
  await checkRights({ check }, setting)
}

/** Seed 1's story and its remote mirror, with the real tool as a device. */
async function checkDevices({ check }: Pick<Checks, "check">, setting: Setting): Promise<void> {
  const atHome = await withIdentity(setting, "door-tailnet")
  const elsewhere = await withIdentity(setting, "door-foreign")
  const local = (...args: string[]) => ask(setting, atHome, args, { host: tailnetName })
  const foreign = (...args: string[]) => ask(setting, elsewhere, args, { host: foreignName })
  const read = ["gateway", "call", "agents.list"]
  const admin = ["gateway", "call", "update.status"]
  const waitingFor = (refused: unknown) => {
    const requestId = /requestId: ([0-9A-Za-z-]+)/.exec(JSON.stringify(refused))?.[1]
    if (requestId === undefined) throw new Error(`no request id in ${JSON.stringify(refused)}`)
    return requestId
  }

  await check(
    "on this machine: paired with read, then a command that needs admin is granted silently and works",
    async () => {
      const ownScopes = async () => {
        const row = (await listed(setting)).paired.find(({ clientId }) => clientId === "cli")
        mustHold(row, { approvedVia: "silent" })
        return JSON.stringify(row?.scopes)
      }
      printedJson(await local("nodes", "status"))
      mustHold(await ownScopes(), '["operator.read","operator.pairing"]')
      printedJson(await local(...admin))
      mustHold(await ownScopes(), /"operator\.admin"/)
    },
  )

  await check("from elsewhere: the same waits, is approved in the console, works", async () => {
    const refused = refusedJson(await foreign(...read))
    await setting.approveInConsole(waitingFor(refused))
    printedJson(await foreign(...read))
  })
}

/** Rights that change while a client is connected through the door. */
async function checkRights({ check }: Pick<Checks, "check">, setting: Setting): Promise<void> {
  const owner = setting.stateDir("owner")
  const openclaw = (...args: string[]) => ask(setting, owner, ["devices", ...args])
  const mobile = phone(setting, "Ben's phone", "203.0.113.51")
  const all = ["operator.read", "operator.write", "operator.approvals"]
  const read = ["operator.read"]
  const aboutToken = ["--device", mobile.deviceId, "--role", "operator"]

  await check("fewer approved than asked: it works with what it got, and is told what is missing", async () => {
    await setting.approveInConsole(await mobile.request(all, "not-paired"), ["operator.read", "operator.write"])
    const client = await mobile.enter(all)
    mustHold(client.hello.auth.scopes, ["operator.read", "operator.write"])
    mustHold(await client.request("agents.list", {}), { ok: true })
    mustHold(await client.request("exec.approval.list", {}), {
      ok: false,
      error: { code: "FORBIDDEN", details: { missingScope: "operator.approvals" } },
    })
    await client.close()
  })

  await check(
    "rotated to fewer while connected: closed, then the fewer by its token, the ceiling by the shared one",
    async () => {
      const client = await mobile.enter(["operator.read", "operator.write"])
      const { deviceToken: old } = client.hello.auth
      await setting.rotateInConsole(mobile.deviceId, read)
      mustHold((await client.closed).code, 4001)
      if (old === undefined) throw new Error("no device token")
      const handedOver = await mobile.enter(["operator.read", "operator.write"], { deviceToken: old })
      mustHold(handedOver.hello.auth.scopes, read)
      mustHold(await handedOver.request("sessions.patch", { key: "main" }), {
        ok: false,
        error: { details: { missingScope: "operator.write" } },
      })
      await handedOver.close()
      const byShared = await mobile.enter(["operator.read", "operator.write"])
      mustHold(byShared.hello.auth.scopes, ["operator.read", "operator.write"])
      await byShared.close()
    },
  )

  await check("revoked while connected: gone within a second, and its next try waits for an admin", async () => {
    const client = await mobile.enter(read)
    printedJson(await openclaw("revoke", ...aboutToken))
    const toldMs = Date.now()
    mustHold((await client.closed).code, 4001)
    if (Date.now() - toldMs > 1_000) throw new Error(`closed ${Date.now() - toldMs} ms after the tool was told`)
    await mobile.request(read, "role-upgrade")
  })
}

const urlOf = ({ port, token }: Setting) => ["--url", `ws://127.0.0.1:${port}`, "--token", token]

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
}
