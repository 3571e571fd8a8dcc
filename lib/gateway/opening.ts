import { hostname } from "node:os"
import type { FirstRun } from "@/lib/store/first-run"
import type { GatewayInfo } from "@/lib/store/store"

const anywhere = ["0.0.0.0", "::"]

/** The host by which a server that listens at this one is reached: a certificate has names, not every address. */
export function reachableHost(host: string, encrypted: boolean): string {
  if (!anywhere.includes(host)) return host.includes(":") ? `[${host}]` : host
  return encrypted ? hostname() : "127.0.0.1"
}

/** What a server says once it is open: where, and how somebody becomes its owner. Null of a first run that is not its. */
export function openingLines(
  { host, port, publicUrl, controlUiPort }: GatewayInfo,
  { encrypted, firstRun }: { encrypted: boolean; firstRun: FirstRun | null },
): readonly string[] {
  const reached = reachableHost(host, encrypted)
  const address = publicUrl ?? `http://${reached}:${port}`
  const lines = [`Gatehouse is open at ${address}`]
  if (controlUiPort !== null) {
    const scheme = encrypted ? "https" : "http"
    lines.push(`The page of the gateway behind it is at ${scheme}://${reached}:${controlUiPort}`)
  }
  if (firstRun?.kind === "owner-created") lines.push(`${firstRun.email} can sign in as its owner.`)
  if (firstRun?.kind === "set-up-link") {
    lines.push(
      "Nobody owns it yet. Open this link within 24 hours to become its owner:",
      `  ${address}${firstRun.path}`,
    )
  }
  return lines
}
