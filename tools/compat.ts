import { randomBytes } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { databaseLocation, openDatabase } from "@/lib/store/client"
import { loadKeys } from "@/lib/store/server-key"
import { type Authority, createAuthority } from "./certificates"
import { createChecks } from "./checks"
import { openConsole, owner } from "./compat/console"
import { checkControlUi } from "./compat/control-ui"
import { checkDevices } from "./compat/devices"
import { checkEncrypted } from "./compat/encrypted"
import { checkFrontDoor } from "./compat/front-door"
import { installRealClient, realClient } from "./compat/install"
import { checkMoving } from "./compat/moving"
import { checkNames } from "./compat/names"
import { checkNodes } from "./compat/nodes"
import { checkNodesBehind } from "./compat/nodes-behind"
import { proxyAddress } from "./compat/proxy"
import { foreignName } from "./compat/real-client"
import { startRealGateway } from "./compat/real-gateway"
import type { Setting } from "./compat/setting"
import { freePort, startServer } from "./server-process"

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error("The real client's own Node is fetched for Linux on x64, and 127.0.0.2 exists on Linux only.")
  process.exit(1)
}

await installRealClient(console.log)
const home = mkdtempSync(join(tmpdir(), "gatehouse-compat-"))
const checks = createChecks()

/** Runs checks against a server of their own. */
async function against(
  name: string,
  { env, authority }: { env: Record<string, string>; authority?: Authority },
  run: (setting: Setting) => Promise<void>,
): Promise<void> {
  const folder = join(home, name)
  const dataDir = join(folder, "data")
  const token = randomBytes(24).toString("base64url")
  const ca = authority === undefined ? {} : { ca: authority.ca }
  const own = {
    GATEHOUSE_GATEWAY_TOKEN: token,
    GATEHOUSE_OWNER_EMAIL: owner.email,
    GATEHOUSE_OWNER_PASSWORD: owner.password,
  }
  const server = await startServer({ dataDir, env: { ...own, ...env }, ...ca })
  console.log(`openclaw ${realClient.version} against ${server.url}`)
  const { db, disconnect } = await openDatabase(databaseLocation(null, dataDir))
  const desk = await openConsole(server, db)
  try {
    await run({
      port: server.port,
      token,
      dataDir,
      caFile: authority === undefined ? null : keep(folder, "ca.pem", authority.ca),
      stateDir: (client) => {
        const directory = join(folder, client)
        mkdirSync(directory, { recursive: true })
        return directory
      },
      keys: loadKeys({ serverKey: null, serverKeyFile: null, dataDir }),
      desk,
      db,
    })
  } finally {
    await desk.close()
    await disconnect()
    await server.stop()
  }
}

function keep(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const wanted = process.argv.slice(2)
const isWanted = (part: string) => wanted.length === 0 || wanted.includes(part)

async function plain(): Promise<void> {
  await against("plain", { env: { GATEHOUSE_TRUSTED_PROXIES: proxyAddress } }, async (setting) => {
    await checkDevices(checks, setting)
    await checkNames(checks, setting)
    await checkNodes(checks, setting)
  })
}

async function encrypted(): Promise<void> {
  const authority = createAuthority("The compat run")
  const { cert, key } = authority.issue([foreignName, "127.0.0.1"])
  const env = {
    GATEHOUSE_TLS_CERT: keep(home, "cert.pem", cert),
    GATEHOUSE_TLS_KEY: keep(home, "key.pem", key),
  }
  await against("encrypted", { env, authority }, (setting) => checkEncrypted(checks, setting))
}

/** The real gateway behind this one, and everything that people do through it. */
async function door(): Promise<void> {
  const behind = await startRealGateway(join(home, "behind"))
  const pagePort = await freePort()
  const env = {
    GATEHOUSE_TRUSTED_PROXIES: proxyAddress,
    GATEHOUSE_UPSTREAM: behind.url,
    GATEHOUSE_UPSTREAM_TOKEN: behind.secret,
    GATEHOUSE_CONTROL_UI_PORT: String(pagePort),
  }
  try {
    await against("door", { env }, async (setting) => {
      const device = await checkFrontDoor(checks, setting, behind)
      await checkControlUi(checks, setting, behind, `http://127.0.0.1:${pagePort}`)
      await checkNodesBehind(checks, setting, behind, device)
    })
  } finally {
    await behind.stop()
  }
}

/** Devices that are brought from the real gateway, and handed back to it. */
async function moving(): Promise<void> {
  await against("import", { env: {} }, (setting) => checkMoving(checks, setting, join(home, "moving")))
}

try {
  if (isWanted("plain")) await plain()
  if (isWanted("encrypted")) await encrypted()
  if (isWanted("door")) await door()
  if (isWanted("import")) await moving()
} finally {
  rmSync(home, { recursive: true, force: true })
}
process.exitCode = checks.close() ? 0 : 1
