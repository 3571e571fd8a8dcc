import { type Checks, mustHold } from "../checks"
import { startProxy } from "./proxy"
import { openclawNode } from "./real-client"
import { ask, listed, printedJson, refusedJson, type Setting } from "./setting"

/** `openclaw node run`, and the tool through a declared proxy, where everybody is remote. */
export async function checkNodes({ check }: Checks, setting: Setting): Promise<void> {
  const { token } = setting
  const owner = setting.stateDir("owner")
  const proxy = await startProxy(setting.port, { "X-Forwarded-For": "203.0.113.40" })

  const rowOf = async (name: string) => (await listed(setting)).paired.find(({ displayName }) => displayName === name)

  await check("node run on this machine: paired silently", async () => {
    const state = setting.stateDir("node-here")
    const node = openclawNode(state, { host: "127.0.0.1", port: setting.port, name: "Cellar", token })
    try {
      await node.printed(/node host gateway connected/)
      const paired = { displayName: "Cellar", roles: ["node"], approvedVia: "silent", connected: true }
      mustHold(await rowOf("Cellar"), paired)
    } finally {
      await node.stop()
    }
  })

  await check("through the proxy, without a device: missing scope", async () => {
    const remote = await ask(setting, owner, ["devices", "list"], { host: "127.0.0.1", port: proxy.port })
    mustHold(refusedJson(remote), { ok: false, error: { message: /missing scope: operator\.pairing/ } })
  })

  await check("node run through the proxy: pending, approved in the console, in without a restart", async () => {
    const state = setting.stateDir("node-there")
    const node = openclawNode(state, { host: "127.0.0.1", port: proxy.port, name: "Attic", token })
    try {
      const [, requestId] = await node.printed(/pairing required.*requestId: ([0-9A-Za-z-]+)/)
      if (requestId === undefined) throw new Error("no request id")
      const { pending } = await listed(setting)
      mustHold(pending, [{ requestId, displayName: "Attic", role: "node", scopes: [], remoteIp: "203.0.113.40" }])
      await setting.desk.approve(requestId)
      await node.printed(/node host gateway connected/)
      mustHold(node.isRunning(), true)
      const row = await rowOf("Attic")
      mustHold(row, { roles: ["node"], approvedVia: "owner", connected: true })

      printedJson(await ask(setting, owner, ["devices", "remove", row?.deviceId ?? ""]))
      await node.printed(/pairing required.*requestId: ([0-9A-Za-z-]+)/)
    } finally {
      await node.stop()
    }
  })

  proxy.stop()
}
