import { randomBytes } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createChecks } from "./checks"
import { openConsole } from "./compat/console"
import { checkDevices } from "./compat/devices"
import { installRealClient, realClient } from "./compat/install"
import { checkNames } from "./compat/names"
import { checkNodes } from "./compat/nodes"
import { proxyAddress } from "./compat/proxy"
import { startServer } from "./server-process"

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error("The real client's own Node is fetched for Linux on x64, and 127.0.0.2 exists on Linux only.")
  process.exit(1)
}

await installRealClient(console.log)
const home = mkdtempSync(join(tmpdir(), "gatehouse-compat-"))
const dataDir = join(home, "data")
const token = randomBytes(24).toString("base64url")
const env = { GATEHOUSE_GATEWAY_TOKEN: token, GATEHOUSE_TRUSTED_PROXIES: proxyAddress }
const server = await startServer({ dataDir, env })
console.log(`openclaw ${realClient.version} against ${server.url}`)

const checks = createChecks()
const desk = await openConsole(dataDir)
try {
  const setting = {
    port: server.port,
    token,
    stateDir: (name: string) => {
      const directory = join(home, name)
      mkdirSync(directory, { recursive: true })
      return directory
    },
    approveInConsole: desk.approve,
  }
  await checkDevices(checks, setting)
  await checkNames(checks, setting)
  await checkNodes(checks, setting)
} finally {
  await desk.close()
  await server.stop()
  rmSync(home, { recursive: true, force: true })
}
process.exitCode = checks.close() ? 0 : 1
