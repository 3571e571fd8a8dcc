import { setTimeout as pause } from "node:timers/promises"
import { type Checks, mustBeSame, mustHold } from "../checks"
import { storedToken } from "./client-state"
import type { Approved } from "./front-door"
import { mustWait, revokeWhileConnected, untilNewTokenIsKept } from "./live"
import { checkMissingScope } from "./missing-scope"
import { startProxy } from "./proxy"
import { openclawNode } from "./real-client"
import { type RealGateway, startRealGateway } from "./real-gateway"
import { ask, listed, printedJson, type Setting } from "./setting"

const bins = JSON.stringify({ bins: ["sh"] })

/** `openclaw node run` through the front door of a real gateway: one decision, then invoked by the real tool. */
export async function checkNodesBehind(
  checks: Checks,
  setting: Setting,
  first: RealGateway,
  operator: Approved,
): Promise<void> {
  const { check } = checks
  const owner = setting.stateDir("owner")
  const proxy = await startProxy(setting.port, { "X-Forwarded-For": "203.0.113.60" })
  const stateDir = setting.stateDir("node-behind")
  const start = (port: number) =>
    openclawNode(stateDir, { host: "127.0.0.1", port, name: "Attic", token: setting.token })
  const through = (...args: string[]) => ask(setting, owner, args)
  const behind = (gateway: RealGateway, ...args: string[]) =>
    ask({ ...setting, port: gateway.port, token: gateway.secret }, setting.stateDir("direct"), args)
  let node = start(proxy.port)
  let gateway = first
  let deviceId = ""
  let idBehind = ""

  const which = (id: string) => ["nodes", "invoke", "--node", id, "--command", "system.which", "--params", bins]
  const invoke = async () => {
    const printed = await through(...which(deviceId))
    mustHold(printedJson(printed), { ok: true, nodeId: deviceId, command: "system.which" })
    mustHold(printed.stdout, /\/sh/)
  }
  const untilInvocable = async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await invoke()
      } catch (error) {
        if (tries === 20) throw error
        await pause(500)
      }
    }
  }

  await check("node run: waits with its commands, and the gateway behind knows nothing of it", async () => {
    const [, requestId = ""] = await node.printed(/pairing required.*requestId: ([0-9A-Za-z-]+)/)
    const waiting = (await listed(setting)).pending.find((row) => row.requestId === requestId)
    mustHold(waiting, { displayName: "Attic", role: "node", scopes: [] })
    mustHold(printedJson(await behind(gateway, "devices", "list")), { pending: [], paired: [] })
    await setting.desk.approve(requestId)
  })

  await check("node run: in by itself, and invoked through the door", async () => {
    await node.printed(/node host gateway connected/)
    const row = (await listed(setting)).paired.find(({ displayName }) => displayName === "Attic")
    deviceId = row?.deviceId ?? ""
    await untilInvocable()
    mustHold(printedJson(await through("nodes", "status")), { nodes: [{ nodeId: deviceId, connected: true }] })
    mustHold(printedJson(await through("nodes", "describe", "--node", deviceId)), { nodeId: deviceId })
  })

  await check("node run: the gateway behind holds it as approved by its owner", async () => {
    const { paired } = printedPaired(await behind(gateway, "devices", "list"))
    mustHold(paired, [{ displayName: "Attic", approvedVia: "owner" }])
    idBehind = paired[0]?.deviceId ?? ""
    if (idBehind === deviceId) throw new Error("the node has the same id behind: it has no key of ours")
  })

  // Behind, the node is known by the key that this gateway made for it; once that id is put in, nothing may differ.
  const alike: readonly [readonly string[], (id: string) => readonly string[]][] = [
    [["ts", "nodes[].hostStats"], () => ["nodes", "status"]],
    [["ts", "hostStats"], (id) => ["nodes", "describe", "--node", id]],
    [[], which],
  ]
  for (const [except, args] of alike) {
    await check(
      `${args("").slice(0, 2).join(" ")}: the same through the door as without it, but for the node's id`,
      async () => {
        const [here, there] = await Promise.all([through(...args(deviceId)), behind(gateway, ...args(idBehind))])
        mustHold(here.stdout, new RegExp(deviceId))
        const mapped = { ...here, stdout: here.stdout.replaceAll(deviceId, idBehind) }
        mustBeSame(printedJson(mapped), printedJson(there), except)
      },
    )
  }

  await checkMissingScope(checks, setting, gateway, operator, { here: deviceId, behind: idBehind })

  await check("node run: in again after the gateway behind was restarted", async () => {
    await gateway.stop()
    gateway = await startRealGateway(gateway.stateDir, gateway)
    await node.printed(/node host gateway connected/)
    await untilInvocable()
  })

  await check("node run: in again after the node was restarted", async () => {
    await node.stop()
    node = start(proxy.port)
    await node.printed(/node host gateway connected/)
    await untilInvocable()
  })

  await check(
    "node run: its token is rotated on pickup while it is connected: back by itself, with the new one",
    async () => {
      const token = storedToken(stateDir, "node")
      await setting.desk.rotateOnPickup(deviceId, "node", [])
      await node.printed(/closed \(4001\)/)
      await node.printed(/node host gateway connected/)
      await untilNewTokenIsKept(setting, stateDir, "node")
      if (storedToken(stateDir, "node") === token) throw new Error("it still keeps the old token")
      await untilInvocable()
    },
  )

  await check(
    "node run: revoked while connected: gone within a second, its next try waits; approved, in again",
    async () => {
      await revokeWhileConnected(setting, deviceId, "node")
      const [, requestId = ""] = await node.printed(/role upgrade pending approval \(requestId: ([0-9A-Za-z-]+)\)/)
      await mustWait(setting, requestId, "role-upgrade")
      await setting.desk.approve(requestId)
      await node.printed(/node host gateway connected/)
      await untilInvocable()
    },
  )

  await check("node run: removed here, removed behind", async () => {
    printedJson(await through("devices", "remove", deviceId))
    await node.printed(/pairing required/)
    for (let tries = 1; ; tries += 1) {
      const { paired } = printedPaired(await behind(gateway, "devices", "list"))
      if (paired.length === 0) break
      if (tries === 20) throw new Error("the gateway behind still knows the node")
      await pause(500)
    }
  })

  await node.stop()
  proxy.stop()
  if (gateway !== first) await gateway.stop()
}

function printedPaired(printed: Awaited<ReturnType<typeof ask>>): {
  paired: readonly { deviceId?: string; displayName?: string }[]
} {
  const { paired } = Object(printedJson(printed))
  if (!Array.isArray(paired)) throw new Error(`no list of paired devices in ${printed.stdout}`)
  return { paired }
}
