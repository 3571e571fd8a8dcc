import { type Checks, mustBeSame, mustHold } from "../checks"
import type { Approved } from "./front-door"
import { foreignName } from "./real-client"
import type { RealGateway } from "./real-gateway"
import { type RemoteTool, remoteTool } from "./remote-mode"
import { printedJson, type Setting } from "./setting"
import { until } from "./until"

/** How busy the gateway was at that moment. */
const busy = ["eventLoop", "processMemory", "workerPools"]

/** Where and how fast it was reached, and its own presence, which is told to a device but not to one without. */
const reached = ["gateway.url", "gateway.connectLatencyMs", "gateway.self"]

/** Commands of the real tool that ask the gateway itself, with what honestly differs between any two calls. */
const questions: readonly { readonly args: readonly string[]; readonly except?: readonly string[] }[] = [
  { args: ["cron", "list"] },
  { args: ["nodes", "status"], except: ["ts"] },
  { args: ["gateway", "call", "agents.list"] },
  { args: ["gateway", "call", "models.list"] },
  { args: ["approvals", "get", "--gateway"] },
  { args: ["health"], except: ["ts", "durationMs", ...busy] },
  { args: ["gateway", "health"], except: ["ts", "durationMs", ...busy] },
  { args: ["status"], except: [...reached, ...busy] },
]

/** What these and `logs` call. */
const methods = [
  "cron.list",
  "node.list",
  "agents.list",
  "models.list",
  "exec.approvals.get",
  "health",
  "status",
  "logs.tail",
]

/** The tool as a device that may do all of it, through the door; and without it, by the shared secret behind. */
export async function checkSameAnswers(
  { check }: Checks,
  setting: Setting,
  behind: RealGateway,
  device: Approved,
): Promise<void> {
  const through = remoteTool(device.stateDir, { host: foreignName, port: setting.port, token: setting.token })
  const without = remoteTool(setting.stateDir("direct-remote"), {
    host: "127.0.0.1",
    port: behind.port,
    token: behind.secret,
  })

  for (const { args, except } of questions) {
    await check(`${args.join(" ")}: the same through the door as without it`, async () => {
      const [here, there] = await Promise.all([through.run(...args), without.run(...args)])
      mustBeSame(printedJson(here), printedJson(there), except)
    })
  }

  await check("logs: the same through the door as without it, but for what was written meanwhile", async () => {
    const [before, after] = [await logLines(without), await logLines(through)]
    const last = after.lastIndexOf(before.at(-1) ?? "")
    const common = after.slice(0, last + 1)
    mustHold(common.length >= 10, true, `ten of ${before.length} lines are in both`)
    mustBeSame(common, before.slice(-common.length))
  })

  await check("all of this was asked through the door, by its device: the store has counted it", async () => {
    await until(
      "the counts",
      async () => {
        const rows = await setting.db.methodUse.findMany({
          where: { deviceId: device.deviceId, method: { in: methods } },
        })
        return new Set(rows.map(({ method }) => method)).size === methods.length ? true : null
      },
      10_000,
    )
  })
}

/** The lines of the log itself, without the first of what is printed, which says how long the file is now. */
async function logLines({ run }: RemoteTool): Promise<readonly string[]> {
  const printed = await run("logs", "--limit", "50")
  mustHold(printed.exitCode, 0)
  return printed.stdout.split("\n").filter((line) => line.startsWith('{"type":"log"'))
}
