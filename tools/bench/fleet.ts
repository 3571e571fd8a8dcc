import { createHash } from "node:crypto"
import { deviceTerms, sortName } from "@/lib/store/device-terms"
import { createKeys } from "@/lib/store/keys"
import { type DeviceIdentity, identityFromSeed } from "../wire-identity"
import type { Seed } from "./seeding"

/** The server key of every measured server, so that the tokens of seeded devices can be derived here. */
export const benchServerKey = "bench-server-key-that-protects-nothing-at-all"

/** A device of a seeded fleet that can connect: its key, its token, what it asks for. */
export type BenchDevice = {
  readonly identity: DeviceIdentity
  readonly token: string
  readonly scopes: readonly string[]
  readonly displayName: string
}

const salt = "gatehouse bench"
const scopes = ["operator.read", "operator.write"]
const pairedAtMs = Date.UTC(2026, 0, 1)

/** So many devices of a fleet can connect; making a key pair for every one of a million would take longer than all else. */
const mostAwake = 10_000

const about = {
  ...{ label: null, platform: "linux", deviceFamily: "Linux", clientId: "gateway-client", clientMode: "ui" },
  ...{ lastAddress: "127.0.0.1", roles: ["operator"] as const },
}

const nameOf = (index: number) => `Bench device ${index}`

/** How far apart in a fleet of this size those stand that can connect. */
const strideOf = (size: number) => Math.max(1, Math.floor(size / mostAwake))

function benchIdentity(index: number): DeviceIdentity {
  return identityFromSeed(createHash("sha256").update(`${salt}|${index}`).digest())
}

/** The devices of a seeded fleet that can connect, in an order that jumps across the whole of it. */
export function fleetDevices(size: number): (turn: number) => BenchDevice {
  const keys = createKeys([benchServerKey])
  const awake = Math.min(size, mostAwake)
  const known = new Map<number, BenchDevice>()
  return (turn) => {
    const index = ((turn * 7919) % awake) * strideOf(size)
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

/** The public key of a device; of those that never connect, 32 bytes that look like one. */
function publicKeyOf(index: number, size: number): Buffer {
  const isAwake = index % strideOf(size) === 0 && index / strideOf(size) < mostAwake
  if (isAwake) return Buffer.from(benchIdentity(index).publicKey, "base64url")
  return createHash("sha256").update(`${salt}|asleep|${index}`).digest()
}

/**
 * Paired devices as rows of the store, what `saveRecord` leaves behind of each: one row in Device, Token and Machine,
 * and the filter and search rows. Thousands per second, where pairing them over the socket would take hours.
 */
export function* fleetRows(size: number): Generator<Seed> {
  const { keyId } = createKeys([benchServerKey])
  const list = scopes.join(" ")
  for (let index = 0; index < size; index += 1) {
    const key = publicKeyOf(index, size)
    const deviceId = createHash("sha256").update(key).digest("hex")
    const displayName = nameOf(index)
    const source = { ...about, deviceId, displayName }
    const machineKey = `${displayName}\nlinux\ngateway-client`
    const { platform, deviceFamily, clientId, clientMode, lastAddress } = about
    yield {
      table: "Device",
      row: {
        ...{ deviceId, publicKey: key.toString("base64url"), displayName, sortName: sortName(source), platform },
        ...{ deviceFamily, clientId, clientMode, clientVersion: "2026.9.6", roles: "operator", approvedScopes: list },
        ...{ approvedVia: "person", pairedAtMs, approvedAtMs: pairedAtMs, lastSeenAtMs: pairedAtMs, lastAddress },
        ...{ machineKey, platformKind: "linux", revision: 1 },
      },
    }
    yield { table: "Machine", row: { machineKey, pairings: 1 } }
    yield {
      table: "Token",
      row: {
        ...{ tokenId: tokenIdOf(index, keyId), deviceId, role: "operator", scopes: list, createdAtMs: pairedAtMs },
        ...{ issuedAtMs: pairedAtMs, deliveredAtMs: pairedAtMs, usedAtMs: pairedAtMs },
        ...{ issuedHow: "approval", issuedBy: "bench" },
      },
    }
    for (const scope of scopes) {
      yield { table: "DeviceScope", row: { deviceId, kind: "approved", scope } }
      yield { table: "DeviceScope", row: { deviceId, kind: "current", scope } }
    }
    for (const term of new Set(deviceTerms(source))) yield { table: "DeviceTerm", row: { deviceId, term } }
  }
}

/** Requests that wait, of as many devices that asked just now, no address with more than a few of them. */
export function* pendingRows(count: number, nowMs: number): Generator<Seed> {
  for (let index = 0; index < count; index += 1) {
    const key = createHash("sha256").update(`${salt}|waiting|${index}`).digest()
    const deviceId = createHash("sha256").update(key).digest("hex")
    yield {
      table: "Request",
      row: {
        ...{ requestId: `bench-${index}`, deviceId, publicKey: key.toString("base64url"), role: "operator" },
        ...{ scopes: scopes.join(" "), reason: "not-paired", status: "pending", filedAtMs: nowMs, triedAtMs: nowMs },
        ...{
          tries: 1,
          displayName: `Waiting ${index}`,
          address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
        },
        circumstances: "{}",
        addressGroup: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
      },
    }
  }
}
