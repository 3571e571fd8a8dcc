import { z } from "zod"
import { readDeviceKey } from "@/lib/gateway/signature"
import { plainText } from "@/lib/gateway/text"
import type { ForeignToken } from "@/lib/pairing/imported"
import type { ForeignRequest } from "@/lib/pairing/imported-request"
import { readRole } from "@/lib/pairing/role"
import type { Metadata } from "@/lib/pairing/types"
import type { IncomingDevice } from "@/lib/store/import-devices"
import { importedTokenId } from "@/lib/store/keys"

/** Why a record cannot be anybody's. */
export type BadRecord = "unreadable" | "bad-key" | "id-mismatch"

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly because: BadRecord; readonly name: string | null }

const longestName = 64

// What it says of itself is left out where it is not what it should be; what it may do makes the record unreadable.
const said = z.string().optional().catch(undefined)
const instant = z.number().int().nonnegative()
const laterInstant = instant.optional().catch(undefined)
// More than anybody was ever approved for; it is told of and audited, so it may not be endless.
const list = z.array(z.string().max(128)).max(256).nullish()
const commands = z.array(z.string()).max(512).optional().catch(undefined)

const selfReported = {
  ...{ displayName: said, platform: said, deviceFamily: said, clientId: said, clientMode: said, remoteIp: said },
}

const tokenSchema = z.object({
  token: z.string().min(1),
  scopes: list,
  issuer: z.looseObject({ kind: z.string() }).optional(),
  createdAtMs: instant.optional(),
  rotatedAtMs: instant.optional(),
  lastUsedAtMs: laterInstant,
  revokedAtMs: instant.optional(),
})

const deviceSchema = z.object({
  ...{ ...selfReported, operatorLabel: said, approvedVia: said },
  deviceId: z.string().optional(),
  publicKey: z.string().max(4096),
  role: z.string().nullish(),
  ...{ roles: list, scopes: list, approvedScopes: list },
  tokens: z.record(z.string().max(128), tokenSchema).nullish(),
  nodeSurface: z.object({ commands }).optional().catch(undefined),
  ...{ createdAtMs: instant, approvedAtMs: instant, lastSeenAtMs: laterInstant },
})

const requestSchema = z.object({
  ...selfReported,
  requestId: z.string().optional(),
  deviceId: z.string(),
  publicKey: z.string().max(4096),
  role: z.string().nullish(),
  ...{ roles: list, scopes: list },
  ts: instant,
  refreshedAtMs: laterInstant,
})

/** Reads one record of a paired device; `name` is the key under which it stood. */
export function readDevice(name: string, record: unknown): Read<IncomingDevice> {
  const parsed = deviceSchema.safeParse(record)
  if (!parsed.success) return refuse("unreadable", nameIn(record))
  const { data } = parsed
  const owner = ownerOf(data.publicKey, [name.trim(), data.deviceId ?? name.trim()])
  if ("because" in owner) return refuse(owner.because, nameIn(record))
  const { deviceId, publicKey } = owner
  const offered = data.nodeSurface?.commands?.flatMap((command) => plainText(command, 128) ?? []) ?? null
  return {
    ok: true,
    value: {
      rights: {
        ...{ deviceId, publicKey, metadata: metadataOf(data, offered ?? []), role: data.role ?? null },
        ...{ roles: data.roles ?? null, scopes: data.scopes ?? null, approvedScopes: data.approvedScopes ?? null },
        tokens: Object.entries(data.tokens ?? {}).map(([role, token]) => toToken(deviceId, role, token)),
        approvedVia: plainText(data.approvedVia, longestName),
        approvedCommands: offered,
        ...{ pairedAtMs: data.createdAtMs, approvedAtMs: data.approvedAtMs },
      },
      label: plainText(data.operatorLabel, longestName),
      lastAddress: plainText(data.remoteIp, longestName),
      lastSeenAtMs: data.lastSeenAtMs ?? null,
    },
  }
}

/** Reads one record of a request that waits; `name` is the key under which it stood. */
export function readRequest(name: string, record: unknown): Read<ForeignRequest> {
  const parsed = requestSchema.safeParse(record)
  const requestId = name.trim()
  if (!parsed.success || !/^[\w-]{1,64}$/.test(requestId)) return refuse("unreadable", nameIn(record))
  const { data } = parsed
  const owner = ownerOf(data.publicKey, [data.deviceId])
  if ("because" in owner) return refuse(owner.because, nameIn(record))
  const request: ForeignRequest = {
    requestId,
    ...owner,
    metadata: metadataOf(data, []),
    ...{ role: data.role ?? null, roles: data.roles ?? null, scopes: data.scopes ?? [] },
    address: plainText(data.remoteIp, longestName),
    ...{ filedAtMs: data.ts, triedAtMs: data.refreshedAtMs ?? data.ts },
  }
  return { ok: true, value: request }
}

type Owner = { readonly deviceId: string; readonly publicKey: string }

/** Whose key it is: every id that the record gives must be the one of the key. */
function ownerOf(text: string, ids: readonly string[]): Owner | { readonly because: BadRecord } {
  const key = readDeviceKey(text.trim())
  if (key === null) return { because: "bad-key" }
  const { deviceId, publicKey } = key
  return ids.every((id) => id === deviceId) ? { deviceId, publicKey } : { because: "id-mismatch" }
}

function refuse(because: BadRecord, name: string | null) {
  return { ok: false, because, name } as const
}

function nameIn(record: unknown): string | null {
  const named = z.object({ displayName: z.string() }).safeParse(record)
  return named.success ? plainText(named.data.displayName, longestName) : null
}

function metadataOf(data: { [name in keyof typeof selfReported]?: string | undefined }, offered: readonly string[]) {
  const metadata: Metadata = {
    displayName: plainText(data.displayName, longestName),
    clientId: plainText(data.clientId, longestName),
    clientMode: plainText(data.clientMode, longestName),
    clientVersion: null,
    platform: plainText(data.platform, longestName),
    deviceFamily: plainText(data.deviceFamily, longestName),
    commands: offered,
  }
  return metadata
}

/** A token without its secret. One of a role that is none here keeps its name, to be told of, and opens nothing. */
function toToken(deviceId: string, role: string, data: z.infer<typeof tokenSchema>): ForeignToken {
  const createdAtMs = data.createdAtMs ?? data.rotatedAtMs ?? 0
  return {
    tokenId: importedTokenId(data.token, deviceId, readRole(role) ?? "operator"),
    ...{ role, scopes: data.scopes ?? [], createdAtMs },
    ...{ rotatedAtMs: data.rotatedAtMs ?? null, lastUsedAtMs: data.lastUsedAtMs ?? null },
    revokedAtMs: data.revokedAtMs ?? null,
    isTied: data.issuer !== undefined,
  }
}
