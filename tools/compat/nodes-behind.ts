import { setTimeout as pause } from "node:timers/promises"
import { type Checks, mustHold } from "../checks"
import { startProxy } from "./proxy"
import { openclawNode } from "./real-client"
import { type RealGateway, startRealGateway } from "./real-gateway"
import { ask, listed, printedJson, type Setting } from "./setting"

/** `openclaw node run` through the front door of a real gateway: one decision, then invoked by the real tool. */
export async function checkNodesBehind({ check }: Checks, setting: Setting, first: RealGateway): Promise<void> {
  const owner = setting.stateDir("owner")
  const proxy = await startProxy(setting.port, "203.0.113.60")
  const start = (port: number) =>
    openclawNode(setting.stateDir("node-behind"), { host: "127.0.0.1", port, name: "Attic", token: setting.token })
  const through = (...args: string[]) => ask(setting, owner, args)
  const behind = (gateway: RealGateway, ...args: string[]) =>
    ask({ ...setting, port: gateway.port, token: gateway.secret }, setting.stateDir("direct"), args)
  let node = start(proxy.port)
  let gateway = first
  let deviceId = ""

  const which = async () => {
    const params = JSON.stringify({ bins: ["sh"] })
    const printed = await through(
      "nodes",
      "invoke",
      "--node",
      deviceId,
      "--command",
      "system.which",
      "--params",
      params,
    )
    mustHold(printedJson(printed), { ok: true, nodeId: deviceId, command: "system.which" })
    mustHold(printed.stdout, /\/sh/)
  }
  const untilInvocable = async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await which()
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
    await setting.approveInConsole(requestId)
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
    if (paired[0]?.deviceId === deviceId) throw new Error("the node has the same id behind: it has no key of ours")
  })

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
