import { type Checks, mustBeSame, mustHold } from "../checks"
import type { Approved } from "./front-door"
import { startProxy } from "./proxy"
import { foreignName } from "./real-client"
import type { RealGateway } from "./real-gateway"
import { remoteTool } from "./remote-mode"
import type { Setting } from "./setting"

/** What a device is left with, and what it is refused then: the scope that is missing, and the command. */
const steps: readonly { readonly left: readonly string[]; readonly refused: readonly (readonly [string, string])[] }[] =
  [
    {
      left: ["operator.read", "operator.pairing"],
      refused: [
        ["operator.write", "nodes invoke --node NODE --command system.which --params {}"],
        ["operator.admin", "approvals get --gateway"],
      ],
    },
    {
      left: ["operator.pairing"],
      refused: [
        ["operator.read", "cron list"],
        ["operator.read", "nodes status"],
        ["operator.read", "logs"],
        ["operator.read", "gateway call agents.list"],
      ],
    },
  ]

/**
 * A device whose rights are lowered in the console is refused in the words in which the gateway behind refuses one that
 * has just those scopes. Without the door that is the same tool with the header that caps a connection.
 */
export async function checkMissingScope(
  { check }: Checks,
  setting: Setting,
  behind: RealGateway,
  device: Approved,
  node: { here: string; behind: string },
): Promise<void> {
  const through = remoteTool(device.stateDir, { host: foreignName, port: setting.port, token: setting.token })
  for (const { left, refused } of steps) {
    await check(`lowered in the console to ${left.join(", ")}`, () => setting.desk.lower(device.deviceId, left))
    const capped = await startProxy(behind.port, { "X-OpenClaw-Scopes": left.join(",") })
    const at = { host: "127.0.0.1", port: capped.port, token: behind.secret }
    const without = remoteTool(setting.stateDir("direct-capped"), at)
    for (const [missing, command] of refused) {
      await check(
        `${command.split(" --")[0]}: missing scope ${missing}, in the words of the gateway behind`,
        async () => {
          const args = (id: string) => command.replace("NODE", id).split(" ")
          const [here, there] = await Promise.all([through.run(...args(node.here)), without.run(...args(node.behind))])
          mustHold([here.exitCode, there.exitCode], [1, 1], "exit codes")
          mustHold(through.said(here), new RegExp(`missing scope: ${missing.replace(".", "\\.")}`))
          mustBeSame(through.said(here), without.said(there))
        },
      )
    }
    capped.stop()
  }
}
