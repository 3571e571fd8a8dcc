import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { approvedVia } from "@/lib/gateway/wire-rows"
import type { Exported, ExportedToken } from "@/lib/pairing/exported"
import type { Actor } from "@/lib/store/actor"
import { exportedSecret, type OutgoingDevice, outgoingDevices, recordExport } from "@/lib/store/export-devices"
import { StartError } from "@/lib/store/start-error"
import type { Store } from "@/lib/store/store"
import { knownDevices } from "./stores"
import { createTally, type Tally } from "./tally"
import { visible } from "./words"

type Options = {
  readonly directory: string
  readonly actor: Actor
  readonly tellsAll: boolean
  readonly say: (line: string) => void
}

export type HandedBack = { readonly file: string; readonly devices: Tally; readonly tokens: number }

/**
 * Writes every device with the token that it holds to devices/paired.json in a directory, for another gateway to start
 * with. The file is for its own user only, and appears when it is whole and the audit log says that it does.
 */
export async function handBack(store: Store, { directory, actor, tellsAll, say }: Options): Promise<HandedBack> {
  const folder = join(directory, "devices")
  const file = join(folder, "paired.json")
  if (existsSync(file)) throw new StartError(`${file} exists already: name another directory.`)
  if (knownDevices(directory) > 0)
    throw new StartError(
      `The gateway of ${directory} has devices of its own, and would keep what it knows of each: run \`openclaw devices clear --yes --pending\` there first and stop it, or name a new directory.`,
    )
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const work = `${file}.new`
  const devices = createTally({ tellsAll, say })
  const out = createWriteStream(work, { mode: 0o600, flags: "wx" })
  let tokens = 0
  try {
    out.write("{")
    for await (const outgoing of outgoingDevices(store, Date.now())) {
      const { exported } = outgoing
      tell(devices, outgoing)
      if (!exported.ok) continue
      const record = JSON.stringify(foreignRecord(store, outgoing, exported))
      const isFirst = devices.count("handed") === 1
      tokens += exported.tokens.filter(({ tokenId }) => tokenId !== null).length
      const isRoom = out.write(`${isFirst ? "" : ","}\n${JSON.stringify(outgoing.deviceId)}:${record}`)
      if (!isRoom) await once(out, "drain")
    }
    out.end("\n}\n")
    await once(out, "finish")
    await recordExport(store, { devices: devices.count("handed"), tokens, actor, nowMs: Date.now() })
    renameSync(work, file)
  } finally {
    out.destroy()
    rmSync(work, { force: true })
  }
  return { file, devices, tokens }
}

function tell(devices: Tally, { deviceId, label, displayName, exported }: OutgoingDevice): void {
  const name = label ?? displayName
  const who = name === null ? deviceId.slice(0, 12) : `${visible(name)} (${deviceId.slice(0, 12)})`
  if (!exported.ok) {
    devices.add(exported.because, `- ${who}: left out, ${leftOutWords[exported.because]}`)
    return
  }
  const { approvedScopes, ending, withoutToken } = exported
  const left = [
    ...(ending.length === 0 ? [] : [`not ${ending.join(", ")}, which has an end`]),
    ...withoutToken.map(
      (role) => `without its ${role} token, which came from another gateway and is only known by its hash`,
    ),
  ]
  const scopes = approvedScopes.length === 0 ? "no scopes" : approvedScopes.join(", ")
  devices.add("handed", [`+ ${who}: ${scopes}`, ...left].join("; "))
  if (withoutToken.length > 0)
    devices.add("without-token", "  (it comes in with the shared token there, or pairs again)")
}

/** Why a device is not handed on. */
export const leftOutWords: Record<Extract<OutgoingDevice["exported"], { ok: false }>["because"], string> = {
  blocked: "its key is blocked, which no other gateway knows",
  "nothing-lasting": "all that it has ends by itself, which no other gateway knows",
  "not-here": "it was removed meanwhile",
}

/** A device in the words of the JSON files of early 2026, which later releases take over when they start. */
function foreignRecord(store: Store, outgoing: OutgoingDevice, exported: Exported): object {
  const { device, approvedScopes: scopes } = exported
  const { deviceId, publicKey, roles, metadata, approvedCommands, pairedAtMs, approvedAtMs } = device
  const { displayName, platform, deviceFamily, clientId, clientMode } = metadata
  const { label, lastAddress, lastSeenAtMs } = outgoing
  const tokens = exported.tokens.map((token) => [token.role, foreignToken(store, exported, token)] as const)
  return {
    ...{ deviceId, publicKey },
    ...present({ displayName, operatorLabel: label, platform, deviceFamily, clientId, clientMode }),
    ...present({ role: roles.at(-1) ?? null }),
    ...{ roles, scopes, approvedScopes: scopes },
    ...present({ remoteIp: lastAddress, lastSeenAtMs }),
    tokens: Object.fromEntries(tokens),
    approvedVia: approvedVia[device.approvedVia],
    ...(approvedCommands !== null && {
      nodeSurface: { commands: approvedCommands, createdAtMs: pairedAtMs, approvedAtMs },
    }),
    ...{ createdAtMs: pairedAtMs, approvedAtMs },
  }
}

function foreignToken(store: Store, exported: Exported, token: ExportedToken): object {
  const { role, tokenId, scopes, createdAtMs, issuedAtMs, revokedAtMs } = token
  // A revoked one has to be there to be known as revoked, and its secret nowhere.
  const secret =
    tokenId === null ? randomBytes(32).toString("base64url") : exportedSecret(store, exported, { role, tokenId })
  return {
    ...{ token: secret, role, scopes, createdAtMs },
    ...present({ rotatedAtMs: issuedAtMs === createdAtMs ? null : issuedAtMs, revokedAtMs }),
  }
}

function present(fields: Readonly<Record<string, string | number | null>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
