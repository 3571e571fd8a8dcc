import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { freePort } from "../server-process"
import { realClient } from "./install"
import { clientEnv } from "./real-client"

export type RealGateway = {
  readonly url: string
  readonly port: number
  readonly secret: string
  readonly stateDir: string
  /** Ends it as a service manager does, and waits. */
  readonly stop: () => Promise<void>
  /** Ends it without a word. */
  readonly kill: () => Promise<void>
}

/** What the README tells the owner of a gateway to set, and nothing more. */
export function gatewayConfig(port: number, secret: string): object {
  return {
    gateway: {
      mode: "local",
      port,
      bind: "loopback",
      auth: { mode: "token", token: secret },
      nodes: { pairing: { autoApproveLocal: false } },
    },
  }
}

/** Starts the real gateway on loopback in a state directory, and waits until it lets clients in. */
export async function startRealGateway(
  stateDir: string,
  given?: { port: number; secret: string },
): Promise<RealGateway> {
  const port = given?.port ?? (await freePort())
  const secret = given?.secret ?? "the-secret-of-the-gateway-behind"
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(join(stateDir, "openclaw.json"), JSON.stringify(gatewayConfig(port, secret)))
  const child = spawn(realClient.node, [realClient.entry, "gateway", "run"], {
    env: clientEnv(stateDir, null),
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk))
  const exited = once(child, "exit")
  const untilMs = Date.now() + 120_000
  while (!/\[gateway\] ready/.test(said)) {
    if (child.exitCode !== null || Date.now() > untilMs) throw new Error(`The real gateway did not start:\n${said}`)
    await pause(100)
  }
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    child.kill(signal)
    const killer = setTimeout(() => child.kill("SIGKILL"), 15_000)
    await exited
    clearTimeout(killer)
  }
  return {
    ...{ url: `ws://127.0.0.1:${port}`, port, secret, stateDir },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  }
}
