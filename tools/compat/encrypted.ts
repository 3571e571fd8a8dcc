import { type Checks, mustHold } from "../checks"
import { checkForeignName } from "./names"
import { foreignName, openclaw, openclawNode } from "./real-client"
import type { Setting } from "./setting"

/** The real tool by wss, with a certificate of a private authority, by the host name in it. */
export async function checkEncrypted(checks: Checks, setting: Setting): Promise<void> {
  const { check } = checks
  const { port, token, caFile } = setting

  await check("by wss, the authority unknown to the tool: it does not connect", async () => {
    const url = ["--url", `wss://${foreignName}:${port}`, "--token", token]
    const refused = await openclaw(setting.stateDir("stranger"), ["gateway", "health", "--json", ...url], null)
    mustHold(refused.exitCode, 1)
    mustHold(refused.stdout + refused.stderr, /certificate/)
  })

  await checkForeignName(checks, setting, "by wss")

  await check("node run by wss: pending, approved in the console, in without a restart", async () => {
    const at = { host: foreignName, port, name: "Shed", token, caFile }
    const node = openclawNode(setting.stateDir("node-by-wss"), at)
    try {
      const [, requestId] = await node.printed(/pairing required.*requestId: ([0-9A-Za-z-]+)/)
      await setting.desk.approve(requestId ?? "")
      await node.printed(/node host gateway connected/)
      mustHold(node.isRunning(), true)
    } finally {
      await node.stop()
    }
  })
}
