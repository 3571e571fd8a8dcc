import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import Sqlite from "better-sqlite3"
import { deviceTerms, sortName } from "@/lib/store/device-terms"
import { createKeys } from "@/lib/store/keys"
import { type DeviceIdentity, identityFromSeed } from "../wire-client"
import type { BenchDevice } from "./measure"

/** The server key of every measured server, so that the tokens of seeded devices can be derived here. */
export const benchServerKey = "bench-server-key-that-protects-nothing-at-all"

const salt = "gatehouse bench"
const scopes = ["operator.read", "operator.write"]
const pairedAtMs = Date.UTC(2026, 0, 1)

const about = {
  ...{ label: null, platform: "linux", deviceFamily: "Linux", clientId: "gateway-client", clientMode: "ui" },
  ...{ lastAddress: "127.0.0.1", roles: ["operator"] as const },
}

const nameOf = (index: number) => `Bench device ${index}`

function benchIdentity(index: number): DeviceIdentity {
  return identityFromSeed(createHash("sha256").update(`${salt}|${index}`).digest())
}

/** The devices of a seeded fleet, in an order that jumps across the whole of it. */
export function fleetDevices(size: number): (turn: number) => BenchDevice {
  const keys = createKeys([benchServerKey])
  const known = new Map<number, BenchDevice>()
  return (turn) => {
    const index = (turn * 7919) % size
    const device = known.get(index) ?? benchDevice(index, keys)
    known.set(index, device)
    return device
  }
}

function benchDevice(index: number, keys: ReturnType<typeof createKeys>): BenchDevice {
  const identity = benchIdentity(index)
  const token = keys.deriveToken(tokenIdOf(index, keys.keyId), identity.deviceId, "operator")
  return { identity, token, scopes, displayName: nameOf(index) }
}

const tokenIdOf = (index: number, keyId: string) =>
  `${createHash("sha256").update(`${salt}|token|${index}`).digest("base64url").slice(0, 22)}.${keyId}`

const keyCache = ".cache/bench/public-keys"
const keyLength = 32

/** The public keys of the first devices, which always are the same; deriving 100 000 takes minutes, so they are kept. */
function publicKeys(size: number): (index: number) => Buffer {
  const kept = existsSync(keyCache) ? readFileSync(keyCache) : Buffer.alloc(0)
  const known = kept.length / keyLength
  const derived = Array.from({ length: Math.max(0, size - known) }, (_, index) =>
    Buffer.from(benchIdentity(known + index).publicKey, "base64url"),
  )
  const all = Buffer.concat([kept, ...derived])
  if (derived.length > 0) {
    mkdirSync(".cache/bench", { recursive: true })
    writeFileSync(keyCache, all)
  }
  return (index) => all.subarray(index * keyLength, (index + 1) * keyLength)
}

/**
 * Writes paired devices with real keys straight into the SQLite file of a stopped server: one row each in Device
 * and Token, and the filter and search rows that the store's own writer makes for them. Thousands per second, where
 * pairing them over the socket would take an hour; the rows are what `saveRecord` leaves behind.
 */
export function seedFleet(dataDir: string, size: number): void {
  const { keyId } = createKeys([benchServerKey])
  const keyOf = publicKeys(size)
  const file = new Sqlite(join(dataDir, "gatehouse.db"))
  file.pragma("synchronous = OFF")
  const device = file.prepare(
    `INSERT INTO "Device" ("deviceId", "publicKey", "displayName", "sortName", "platform", "deviceFamily", "clientId",
       "clientMode", "clientVersion", "roles", "approvedScopes", "approvedVia", "pairedAtMs", "approvedAtMs",
       "lastSeenAtMs", "lastAddress", "machineKey", "platformKind", "revision")
     VALUES (?, ?, ?, ?, 'linux', 'Linux', 'gateway-client', 'ui', '2026.9.6', 'operator', ?, 'person', ?, ?, ?, ?, ?, 'linux', 1)`,
  )
  const token = file.prepare(
    `INSERT INTO "Token" ("tokenId", "deviceId", "role", "scopes", "createdAtMs", "issuedAtMs", "deliveredAtMs",
       "usedAtMs", "issuedHow", "issuedBy") VALUES (?, ?, 'operator', ?, ?, ?, ?, ?, 'approval', 'bench')`,
  )
  const scope = file.prepare(`INSERT INTO "DeviceScope" ("deviceId", "kind", "scope") VALUES (?, ?, ?)`)
  const machine = file.prepare(
    `INSERT INTO "Machine" ("machineKey", "pairings") VALUES (?, 1)
     ON CONFLICT ("machineKey") DO UPDATE SET "pairings" = "pairings" + 1`,
  )
  const term = file.prepare(`INSERT OR IGNORE INTO "DeviceTerm" ("deviceId", "term") VALUES (?, ?)`)
  file.transaction(() => {
    for (let index = 0; index < size; index += 1) {
      const key = keyOf(index)
      const deviceId = createHash("sha256").update(key).digest("hex")
      const publicKey = key.toString("base64url")
      const name = nameOf(index)
      const list = scopes.join(" ")
      const machineKey = `${name}\nlinux\ngateway-client`
      const source = { ...about, deviceId, displayName: name }
      device.run(
        deviceId,
        publicKey,
        name,
        sortName(source),
        list,
        pairedAtMs,
        pairedAtMs,
        pairedAtMs,
        about.lastAddress,
        machineKey,
      )
      machine.run(machineKey)
      token.run(tokenIdOf(index, keyId), deviceId, list, pairedAtMs, pairedAtMs, pairedAtMs, pairedAtMs)
      for (const each of scopes) {
        scope.run(deviceId, "approved", each)
        scope.run(deviceId, "current", each)
      }
      for (const each of deviceTerms(source)) term.run(deviceId, each)
    }
  })()
  file.pragma("wal_checkpoint(TRUNCATE)")
  file.close()
}
