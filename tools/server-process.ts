import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { get, type IncomingMessage } from "node:http"
import { get as getEncrypted } from "node:https"
import { createServer } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { inherited } from "./environment"

export type ServerOptions = {
  readonly dataDir: string
  /** 0 or absent: a free one. */
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
  /** Certificate authority (PEM) that vouches for 127.0.0.1, where the server is given a certificate. */
  readonly ca?: string
  /** Module that the server process loads first. */
  readonly preload?: string
  /** Called with each line that the server prints. */
  readonly onLine?: (line: string) => void
}

export type ServerProcess = {
  readonly url: string
  readonly port: number
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  /** SIGTERM, and SIGKILL if it is still there after 10 s. */
  readonly stop: () => Promise<number | null>
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, "127.0.0.1")
  await once(probe, "listening")
  const address = probe.address()
  probe.close()
  await once(probe, "close")
  if (address === null || typeof address === "string") throw new Error("no free port")
  return address.port
}

/** Starts Gatehouse as `npm start` does, in a process of its own, and waits until it is ready. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const port = options.port || (await freePort())
  const preload = options.preload ? ["--import", options.preload] : []
  const child = spawn(process.execPath, [...preload, "tools/start.mjs"], {
    env: {
      ...inherited,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      GATEHOUSE_DATA_DIR: options.dataDir,
      ...options.env,
    },
    stdio: options.preload ? ["ignore", "pipe", "pipe", "ipc"] : ["ignore", "pipe", "pipe"],
  })
  const tail: string[] = []
  const keep = (chunk: Buffer) => {
    for (const line of chunk.toString().split("\n").filter(Boolean)) {
      tail.push(line)
      if (tail.length > 20) tail.shift()
      options.onLine?.(line)
    }
  }
  child.stdout?.on("data", keep)
  child.stderr?.on("data", keep)
  const exited = once(child, "exit").then(() => child.exitCode)
  const url = `${options.ca === undefined ? "http" : "https"}://127.0.0.1:${port}`

  const ready = await Promise.race([exited.then(() => false), waitUntilReady(url, options.ca, 600_000)])
  if (!ready) {
    child.kill("SIGKILL")
    throw new Error(`The server did not come up:\n${tail.join("\n")}`)
  }
  return {
    url,
    port,
    child,
    exited,
    stop: async () => {
      child.kill("SIGTERM")
      const killer = setTimeout(() => child.kill("SIGKILL"), 10_000)
      const code = await exited
      clearTimeout(killer)
      return code
    },
  }
}

async function waitUntilReady(url: string, ca: string | undefined, patienceMs: number): Promise<boolean> {
  const untilMs = Date.now() + patienceMs
  while (Date.now() < untilMs) {
    if (await isReady(`${url}/readyz`, ca)) return true
    await pause(100)
  }
  return false
}

function isReady(url: string, ca: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const heard = (answer: IncomingMessage) => resolve(answer.resume().statusCode === 200)
    const request =
      ca === undefined ? get(url, { agent: false }, heard) : getEncrypted(url, { ca, agent: false }, heard)
    request.on("error", () => resolve(false))
  })
}
