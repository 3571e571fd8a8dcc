import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { createIdentity, type DeviceIdentity, identityFromSeed } from "../wire-client"
import type { KeptToken } from "./agent"

const keptSchema = z.object({
  seed: z.string(),
  tokens: z.record(
    z.string(),
    z.object({ secret: z.string(), scopes: z.array(z.string()), asked: z.array(z.string()) }),
  ),
})

/** What a device keeps between runs: its key and, per server and role, its token. One file of mode 0600. */
export type Keep = {
  readonly file: string
  readonly identity: DeviceIdentity
  readonly isNew: boolean
  readonly token: (server: string, role: string) => KeptToken | null
  readonly keepToken: (server: string, role: string, token: KeptToken | null) => void
}

const fileName = (name: string) => `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-") || "device"}.json`

/** Opens the memory of the device of that name, or makes a new device. */
export function openKeep(directory: string, name: string): Keep {
  const file = join(directory, fileName(name))
  const isNew = !existsSync(file)
  const kept = isNew
    ? { seed: createIdentity().seed.toString("base64url"), tokens: {} }
    : keptSchema.parse(JSON.parse(readFileSync(file, "utf8")))
  const tokens = new Map(Object.entries(kept.tokens))
  const save = () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const text = JSON.stringify({ seed: kept.seed, tokens: Object.fromEntries(tokens) }, null, 2)
    writeFileSync(file, `${text}\n`, { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  if (isNew) save()
  return {
    file,
    identity: identityFromSeed(Buffer.from(kept.seed, "base64url")),
    isNew,
    token: (server, role) => tokens.get(`${server} ${role}`) ?? null,
    keepToken: (server, role, token) => {
      if (token === null) tokens.delete(`${server} ${role}`)
      else tokens.set(`${server} ${role}`, { ...token, scopes: [...token.scopes], asked: [...token.asked] })
      save()
    },
  }
}
