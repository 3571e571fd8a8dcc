import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { openclaw, type Printed } from "./real-client"

export type RemoteTool = {
  /** Runs `openclaw … --json`. */
  readonly run: (...args: readonly string[]) => Promise<Printed>
  /** What it printed, whichever address and directory it was told. */
  readonly said: (printed: Printed) => string
}

/** The real tool with the configuration of a remote gateway, which every command goes by, also those without `--url`. */
export function remoteTool(state: string, at: { host: string; port: number; token: string }): RemoteTool {
  const url = `ws://${at.host}:${at.port}`
  const gateway = { mode: "remote", remote: { url, token: at.token } }
  return {
    run: (...args) => {
      writeFileSync(join(state, "openclaw.json"), JSON.stringify({ gateway }))
      return openclaw(state, [...args, "--json"], null)
    },
    said: ({ stdout, stderr }) => `${stdout}\n${stderr}`.replaceAll(url, "the gateway").replaceAll(state, "the state"),
  }
}
