import { execFile } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import type { Role } from "@/lib/pairing/types"
import { type Checks, mustHold } from "../checks"
import { inherited } from "../environment"
import { deviceIdOf, storedToken } from "./client-state"
import { untilNewTokenIsKept } from "./live"
import { talkTo } from "./live-operator"
import { clientEnv, foreignName, openclaw, openclawNode, type Resident, stayingOpenclaw } from "./real-client"
import { type RealGateway, startRealGateway } from "./real-gateway"
import type { Setting } from "./setting"

const run = promisify(execFile)

/** Runs one of our own tools beside the running server. */
async function tool(setting: Setting, name: string, args: readonly string[]): Promise<string> {
  const { PATH } = inherited
  const env = { PATH, NODE_ENV: "production", GATEHOUSE_DATA_DIR: setting.dataDir } as const
  const { stdout } = await run(process.execPath, [resolve("dist", `${name}.mjs`), ...args], { env })
  return stdout
}

/**
 * Devices that move: paired with the real gateway by real clients, taken over from its state directory, let in here by
 * the tokens that those clients keep, and handed back to a real gateway that lets them in again.
 */
export async function checkMoving({ check }: Checks, setting: Setting, home: string): Promise<void> {
  const client = { operator: join(home, "operator"), node: join(home, "node") }
  for (const directory of Object.values(client)) mkdirSync(directory, { recursive: true })

  /** The operator without any secret but the token that it keeps. */
  const operator = (port: number) => {
    const url = `ws://${foreignName}:${port}`
    writeFileSync(
      join(client.operator, "openclaw.json"),
      JSON.stringify({ gateway: { mode: "remote", remote: { url } } }),
    )
    return talkTo(stayingOpenclaw(["mcp", "serve"], clientEnv(client.operator, null)))
  }
  /** The node, the same. */
  const node = (port: number) => {
    const args = ["node", "run", "--host", "127.0.0.1", "--port", String(port), "--display-name", "Cellar"]
    return stayingOpenclaw(args, clientEnv(client.node, null))
  }
  const keptBefore = new Map<Role, string>()

  await check("two clients pair with the real gateway, which is stopped then", async () => {
    const there = await startRealGateway(join(home, "there"))
    try {
      const owner = join(home, "owner")
      await Promise.all([pairOperator(there, client.operator, owner), pairNode(there, client.node, owner)])
    } finally {
      await there.stop()
    }
    keptBefore.set("operator", storedToken(client.operator, "operator"))
    keptBefore.set("node", storedToken(client.node, "node"))
  })

  await check("import: tells first, then takes both over, and the second time nothing", async () => {
    const told = await tool(setting, "import", [join(home, "there")])
    mustHold(told, /Would be taken over: 2 devices, 2 tokens \(as SHA-256 only\)/)
    mustHold(await setting.db.device.count(), 0)
    mustHold(await tool(setting, "import", [join(home, "there"), "--apply"]), /\nTaken over: 2 devices, 2 tokens/)
    mustHold(await tool(setting, "import", [join(home, "there"), "--apply"]), /\nTaken over: 0 devices/)
    const entries = await setting.db.auditEntry.findMany({ where: { action: "device.imported" } })
    mustHold(
      entries.map(({ subject }) => subject),
      ["state/openclaw.sqlite", "state/openclaw.sqlite"],
    )
  })

  await check("the tokens that they keep open this door, and are replaced: no request, no shared token", async () => {
    for (const [role, start] of [
      ["operator", operator],
      ["node", node],
    ] as const) {
      const running = start(setting.port)
      try {
        await untilNewTokenIsKept(setting, client[role], role)
        mustHold(storedToken(client[role], role) === keptBefore.get(role), false, `the ${role}'s token is the old one`)
      } finally {
        await running.stop()
      }
    }
    mustHold(await setting.db.request.count(), 0)
  })

  await check("export: a real gateway that starts with it lets both in again by the tokens of this one", async () => {
    const back = join(home, "back")
    mkdirSync(back)
    mustHold(await tool(setting, "export", [back]), /paired\.json holds 2 devices and 2 tokens in clear/)
    mustHold(await setting.db.auditEntry.count({ where: { action: "devices.exported" } }), 1)
    const there = await startRealGateway(back)
    const first = operator(there.port)
    try {
      await first.open()
      await first.use("conversations_list", {}, /"conversations/)
      await first.stop()
      const second = node(there.port)
      await second.printed(/node host gateway connected/).finally(second.stop)
      const ids = [deviceIdOf(client.operator), deviceIdOf(client.node)].toSorted()
      const listed = await openclaw(join(home, "owner"), ownerArgs(there, ["devices", "list"]), null)
      const found = /"pending": \[\]/.test(listed.stdout) && ids.every((id) => listed.stdout.includes(id))
      mustHold(found, true, "both devices and no request in its list")
    } finally {
      await first.stop()
      await there.stop()
    }
  })
}

const ownerArgs = ({ port, secret }: RealGateway, args: readonly string[]) => {
  return [...args, "--url", `ws://127.0.0.1:${port}`, "--token", secret, "--json"]
}

/** Starts a client that has to wait, has it approved by the owner, and returns it started again. */
async function pairThere(there: RealGateway, owner: string, start: () => Resident): Promise<Resident> {
  const asking = start()
  const [, requestId = ""] = await asking.printed(/pairing required.*requestId: ([0-9A-Za-z-]+)/)
  await asking.stop()
  const approved = await openclaw(owner, ownerArgs(there, ["devices", "approve", requestId]), null)
  mustHold(approved.exitCode, 0, "its approval")
  return start()
}

async function pairOperator(there: RealGateway, state: string, owner: string): Promise<void> {
  const by = ["--url", `ws://${foreignName}:${there.port}`, "--token", there.secret]
  const start = () => stayingOpenclaw(["mcp", "serve", ...by], clientEnv(state, null))
  const client = talkTo(await pairThere(there, owner, start))
  try {
    await client.open()
    await client.use("conversations_list", {}, /"conversations/)
  } finally {
    await client.stop()
  }
}

async function pairNode(there: RealGateway, state: string, owner: string): Promise<void> {
  const where = { host: "127.0.0.1", port: there.port, name: "Cellar", token: there.secret }
  const client = await pairThere(there, owner, () => openclawNode(state, where))
  try {
    await client.printed(/node host gateway connected/)
  } finally {
    await client.stop()
  }
}
