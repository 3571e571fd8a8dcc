import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Checks, mustHold } from "../checks"
import { deviceIdOf } from "./client-state"
import { mustWait, revokeWhileConnected, untilNewTokenIsKept } from "./live"
import { withIdentity } from "./names"
import { clientEnv, foreignName, type Resident, stayingOpenclaw } from "./real-client"
import type { Setting } from "./setting"

const asked = ["operator.read", "operator.write", "operator.approvals"]
const approved = ["operator.read", "operator.write"]

/**
 * Rights that change while a real operator is connected: `openclaw mcp serve`, which holds one connection for as long
 * as it runs and asks for three scopes. (`logs --follow` connects anew for each look, `acp` asks for admin alone, the
 * terminal UI wants a terminal.)
 */
export async function checkLiveOperator({ check }: Checks, setting: Setting): Promise<void> {
  const state = await withIdentity(setting, "door-live")
  const url = `ws://${foreignName}:${setting.port}`
  const start = (how: "shared" | "own") => {
    const remote = how === "own" ? { gateway: { mode: "remote", remote: { url } } } : {}
    writeFileSync(join(state, "openclaw.json"), JSON.stringify(remote))
    const by = how === "own" ? [] : ["--url", url, "--token", setting.token]
    return talkTo(stayingOpenclaw(["mcp", "serve", ...by], clientEnv(state, null)))
  }
  const deviceId = deviceIdOf(state)
  // Of the page as it was opened or as it went on by itself: after a rotation the client comes back a moment later.
  const holds = async (scopes: readonly string[]) => {
    const page = await setting.desk.devicePage(deviceId)
    const live = page.locator("section").filter({ has: page.getByRole("heading", { name: "Live sessions" }) })
    const words = ["operator", ...scopes.map((scope) => scope.replace("operator.", "")), "cli"]
    await live
      .getByRole("listitem")
      .filter({ hasText: new RegExp(words.join("\\s*")) })
      .waitFor()
    mustHold(await live.getByText("1 connection", { exact: true }).count(), 1, "its live connections")
  }
  let client = start("shared")

  await check("fewer approved than asked: mcp serve works with what it got, and is told what is missing", async () => {
    const [, requestId = ""] = await client.printed(/pairing required \(requestId: ([0-9A-Za-z-]+)\)/)
    await client.stop()
    mustHold(await setting.db.request.findUnique({ where: { requestId } }), { scopes: asked.join(" ") })
    await setting.desk.approve(requestId, approved)
    client = start("shared")
    await client.open()
    await client.use("conversations_list", {}, /"conversations/)
    const refused = { kind: "exec", id: "nothing", decision: "deny" }
    await client.use("permissions_respond", refused, /missing scope: operator\.approvals/)
    await holds(approved)
    await client.stop()
  })

  await check(
    "rotated to fewer on pickup while connected: back by itself with the fewer, the new token kept",
    async () => {
      client = start("own")
      await client.open()
      await holds(approved)
      await setting.desk.rotateOnPickup(deviceId, "operator", ["operator.read"])
      await untilNewTokenIsKept(setting, state, "operator")
      mustHold(client.isRunning(), true)
      await client.use("conversations_list", {}, /"conversations/)
      await holds(["operator.read"])
      await client.stop()
    },
  )

  await check("rotated to fewer: by the shared token up to what is approved", async () => {
    client = start("shared")
    await client.open()
    await holds(approved)
  })

  await check("revoked while connected: gone within a second, and its next try waits for an admin", async () => {
    await revokeWhileConnected(setting, deviceId, "operator")
    const [, requestId = ""] = await client.printed(/role upgrade pending approval \(requestId: ([0-9A-Za-z-]+)\)/)
    await mustWait(setting, requestId, "role-upgrade")
  })
  await client.stop()
}

/** Speaks the Model Context Protocol to it, a line of JSON each. */
export function talkTo(client: Resident) {
  let asked = 0
  const ask = async (method: string, params: object) => {
    asked += 1
    client.say(JSON.stringify({ jsonrpc: "2.0", id: asked, method, params }))
    const [line] = await client.printed(new RegExp(`.*"id":${asked}\\b.*`), 30_000)
    return line
  }
  return {
    ...client,
    /** Waits until it is connected, too: it lists nothing before. */
    open: async () => {
      const clientInfo = { name: "compat", version: "1" }
      await ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo })
      client.say(JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" }))
      await ask("tools/call", { name: "conversations_list", arguments: {} })
    },
    use: async (name: string, args: object, answer: RegExp) =>
      mustHold(await ask("tools/call", { name, arguments: args }), answer),
  }
}
