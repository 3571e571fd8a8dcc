import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync } from "node:fs"
import { resolve } from "node:path"
import { inherited } from "../environment"
import { realClient } from "./install"

/** Host names that mean 127.0.0.1 to the real client: one that counts as local (a tailnet's) and one that does not. */
export const tailnetName = "gatehouse.tail0000.ts.net"
export const foreignName = "gatehouse.example"

export type Printed = { exitCode: number | null; stdout: string; stderr: string }

/** A file with the authority that the client is told to trust. With it, it only ever connects encrypted. */
type Trust = string | null

/** The environment of one real client or gateway: its own state directory, nothing inherited that matters. */
export function clientEnv(stateDir: string, caFile: Trust): NodeJS.ProcessEnv {
  mkdirSync(stateDir, { recursive: true })
  const { PATH, LANG, TMPDIR } = inherited
  return {
    NODE_ENV: "production",
    PATH,
    LANG,
    TMPDIR,
    HOME: stateDir,
    OPENCLAW_HOME: stateDir,
    OPENCLAW_STATE_DIR: stateDir,
    OPENCLAW_CONFIG_PATH: `${stateDir}/openclaw.json`,
    ...(caFile === null ? { OPENCLAW_ALLOW_INSECURE_PRIVATE_WS: "1" } : { NODE_EXTRA_CA_CERTS: caFile }),
    NODE_OPTIONS: `--require=${resolve("tools/compat/loopback-names.cjs")}`,
    LOOPBACK_NAMES: `${tailnetName},${foreignName}`,
    NO_COLOR: "1",
  }
}

/** Runs one command of the real client to its end. */
export async function openclaw(stateDir: string, args: readonly string[], caFile: Trust): Promise<Printed> {
  const child = spawn(realClient.node, [realClient.entry, ...args], {
    env: clientEnv(stateDir, caFile),
    stdio: ["ignore", "pipe", "pipe"],
  })
  const printed: Printed = { exitCode: null, stdout: "", stderr: "" }
  child.stdout.on("data", (chunk) => {
    printed.stdout += chunk
  })
  child.stderr.on("data", (chunk) => {
    printed.stderr += chunk
  })
  const timer = setTimeout(() => child.kill("SIGKILL"), 90_000)
  await once(child, "close")
  clearTimeout(timer)
  return { ...printed, exitCode: child.exitCode }
}

/** A process of the real client that stays. */
export type Resident = {
  /** Waits until it has printed a match, after the last match that was waited for. */
  readonly printed: (pattern: RegExp, patienceMs?: number) => Promise<RegExpExecArray>
  /** Writes a line to it. */
  readonly say: (line: string) => void
  readonly isRunning: () => boolean
  readonly stop: () => Promise<void>
}

/** Starts `openclaw node run`. */
export function openclawNode(
  stateDir: string,
  options: { host: string; port: number; name: string; token: string; caFile?: Trust },
): Resident {
  const { caFile = null, token } = options
  const where = ["--host", options.host, "--port", String(options.port), ...(caFile === null ? [] : ["--tls"])]
  const args = ["node", "run", ...where, "--display-name", options.name]
  return stayingOpenclaw(args, { ...clientEnv(stateDir, caFile), OPENCLAW_GATEWAY_TOKEN: token })
}

/** Starts a command of the real client that does not end by itself. */
export function stayingOpenclaw(args: readonly string[], env: NodeJS.ProcessEnv): Resident {
  const child = spawn(realClient.node, [realClient.entry, ...args], { env, stdio: ["pipe", "pipe", "pipe"] })
  let text = ""
  let from = 0
  const wakers = new Set<() => void>()
  const hear = (chunk: Buffer) => {
    text += chunk.toString()
    for (const wake of wakers) wake()
  }
  child.stdout.on("data", hear)
  child.stderr.on("data", hear)
  // One that has ended reads nothing more, which its exit tells.
  child.stdin.on("error", () => undefined)
  const exited = once(child, "exit")
  return {
    say: (line) => child.stdin.write(`${line}\n`),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    printed: (pattern, patienceMs = 90_000) =>
      new Promise((settle, fail) => {
        const finish = () => {
          clearTimeout(timer)
          wakers.delete(look)
        }
        const look = () => {
          const found = pattern.exec(text.slice(from))
          if (!found) return
          from += found.index + found[0].length
          finish()
          settle(found)
        }
        const timer = setTimeout(() => {
          finish()
          fail(
            new Error(
              `openclaw ${args.slice(0, 2).join(" ")} never printed ${pattern}; it printed:\n${text.slice(from)}`,
            ),
          )
        }, patienceMs)
        wakers.add(look)
        look()
      }),
    stop: async () => {
      child.kill("SIGTERM")
      const killer = setTimeout(() => child.kill("SIGKILL"), 8_000)
      await exited
      clearTimeout(killer)
    },
  }
}
