import type { ConnectFacts, NetFacts } from "../facts"
import type { Device, DeviceRecord, Policy, Token } from "../types"
import { emptyMetadata } from "./scenario"
import { testPolicy } from "./world"

export const loopback: NetFacts = {
  peerAddress: "127.0.0.1",
  host: "127.0.0.1:18789",
  origin: null,
  headers: {},
  trustedProxies: [],
  isControlUi: false,
}
export const lan: NetFacts = { ...loopback, peerAddress: "192.168.1.20", host: "gateway.lan:18789" }

/** An ordinary connect from the LAN with the shared token, asking for read; `over` is the difference. */
export function facts(over: Partial<ConnectFacts> = {}): ConnectFacts {
  return {
    identity: { deviceId: "dev-1", publicKey: "key-1" },
    role: "operator",
    scopes: ["operator.read"],
    auth: { kind: "token" },
    net: lan,
    metadata: emptyMetadata,
    upstream: false,
    nowMs: 10_000,
    freshRequestId: "fresh-request",
    freshTokenId: "fresh-token",
    ...over,
  }
}

/** An operator token that its device has used. */
export function token(over: Partial<Token> = {}): Token {
  return {
    tokenId: "token-1",
    role: "operator",
    scopes: ["operator.read"],
    narrowedAway: [],
    createdAtMs: 0,
    issuedAtMs: 0,
    deliveredAtMs: 0,
    usedAtMs: 0,
    revokedAtMs: null,
    predecessors: [],
    ...over,
  }
}

/** A device paired as operator with read; `over` is the difference. */
export function device(over: Partial<Device> = {}): Device {
  return {
    deviceId: "dev-1",
    publicKey: "key-1",
    roles: ["operator"],
    approvedScopes: ["operator.read"],
    legacyScopes: null,
    withheld: [],
    silentScopes: [],
    ends: {},
    tokens: { operator: token() },
    metadata: emptyMetadata,
    approvedCommands: null,
    nodePlatform: null,
    nodeFamily: null,
    approvedVia: "person",
    pairedAtMs: 0,
    approvedAtMs: 0,
    revision: 1,
    ...over,
  }
}

export function record(over: Partial<DeviceRecord> = {}): DeviceRecord {
  return { device: device(), requests: [], holds: [], blockedKeys: [], ...over }
}

export function policy(over: Partial<Policy> = {}): Policy {
  return { ...testPolicy, ...over }
}
