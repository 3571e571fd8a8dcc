import { execFile } from "node:child_process"
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import Sqlite from "better-sqlite3"
import { build } from "esbuild"
import { afterAll, beforeAll, expect, it } from "vitest"
import { recordAudit } from "@/lib/store/audit"
import { checkPassword } from "@/lib/store/password"
import { sealAudit } from "@/lib/store/seal-audit"
import { keepSecretFile } from "@/lib/store/secret-file"
import { loadKeys } from "@/lib/store/server-key"
import type { Store } from "@/lib/store/store"
import { openStoreAt } from "@/lib/store/testing"
import { inTransaction } from "@/lib/store/transaction"
import { usePasswordLink } from "@/lib/store/use-link"
import { inherited } from "./environment"
import { createIdentity } from "./wire-identity"

const run = promisify(execFile)

// Compiled as in dist/, but in a place of its own inside the project, where packages are found.
const compiled = resolve(`node_modules/.cache/tools-test-${process.pid}`)
const folder = mkdtempSync(join(tmpdir(), "gatehouse-tools-"))
const dataDir = join(folder, "data")

let store: Store

type Outcome = { readonly code: number; readonly said: string; readonly complained: string }

async function tool(name: string, args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  const options = { env: { ...inherited, GATEHOUSE_DATA_DIR: dataDir, PORT: "18790", ...env } }
  try {
    const { stdout, stderr } = await run(process.execPath, [join(compiled, `${name}.mjs`), ...args], options)
    return { code: 0, said: stdout, complained: stderr }
  } catch (error) {
    const { code, stdout, stderr } = Object(error)
    return { code: Number(code), said: String(stdout), complained: String(stderr) }
  }
}

beforeAll(async () => {
  mkdirSync(dataDir)
  await build({
    entryPoints: ["admin", "backup", "audit-verify", "import", "export"].map((name) => `tools/${name}.ts`),
    outdir: compiled,
    outExtension: { ".js": ".mjs" },
    ...{ bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "warning" },
  })
  const keys = loadKeys({ serverKey: null, serverKeyFile: null, dataDir })
  store = await openStoreAt({ databaseUrl: null, dataDir }, { keys, gatewayToken: null, authSecret: null })
})

afterAll(() => {
  rmSync(compiled, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

it("the admin tool invites, lists and resets beside a running server, and its links work there", async () => {
  expect((await tool("admin", ["list"])).said).toMatch(/Nobody yet/)
  const invited = await tool("admin", ["invite", "Jonas@Home", "--role", "owner", "--name", "Jonas"])
  expect(invited).toMatchObject({ code: 0 })
  const secret = /http:\/\/127\.0\.0\.1:18790\/link#([\w-]{43})\n/.exec(invited.said)?.[1] ?? ""
  const set = await usePasswordLink(store, { secret, password: "first password", nowMs: Date.now() })
  expect(set).toEqual({ ok: true, email: "jonas@home" })
  expect((await tool("admin", ["list"])).said).toBe("jonas@home\towner\tactive\tJonas\n")

  const reset = await tool("admin", ["reset", "jonas@home"], { GATEHOUSE_URL: "https://gate.example.org" })
  const second = /https:\/\/gate\.example\.org\/link#([\w-]{43})\n/.exec(reset.said)?.[1] ?? ""
  await usePasswordLink(store, { secret: second, password: "second password", nowMs: Date.now() })
  const { passwordHash } = await store.db.admin.findUniqueOrThrow({ where: { email: "jonas@home" } })
  expect(await checkPassword(passwordHash, "second password")).toBe(true)
})

it.each([
  ["nothing to do", []],
  ["an unknown command", ["delete", "jonas@home"]],
  ["no address", ["reset", "jonas"]],
  ["an unknown role", ["invite", "vera@home", "--role", "king"]],
])("the admin tool answers %s with how it is used", async (_case, args) => {
  const outcome = await tool("admin", args)
  expect(outcome).toMatchObject({ code: 1, said: "" })
  expect(outcome.complained).toMatch(/^Usage:/)
})

it("the admin tool says of whom it does not know that it does not", async () => {
  const outcome = await tool("admin", ["reset", "nobody@home"])
  expect(outcome).toMatchObject({ code: 1, complained: expect.stringMatching(/^Nobody signs in as nobody@home/) })
})

it("a backup is whole while the server writes and seals, and holds what is needed to go back", async () => {
  const file = join(folder, "backup.tar")
  expect(await sealAudit(store, Date.now())).toMatchObject({ ok: true })
  let isWriting = true
  let written = 0
  const writing = (async () => {
    for (; isWriting; written += 1) {
      const pair = ["a", "b"].map((half) => ({
        key: `${written}${half}`,
        value: "x".repeat(2000),
        updatedAtMs: 0,
        updatedBy: "",
      }))
      await store.db.setting.createMany({ data: pair })
      await inTransaction(store, (tx) =>
        recordAudit(tx, { action: "settings.changed", actor: { kind: "system", name: "test" }, atMs: Date.now() }),
      )
      await sealAudit(store, Date.now())
      // The database answers without a turn of the event loop, which the other program's output waits for.
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  })()
  const outcome = await tool("backup", [file])
  isWriting = false
  await writing
  expect(outcome).toMatchObject({ code: 0 })
  expect(written).toBeGreaterThan(0)
  expect(statSync(file).mode & 0o777).toBe(0o600)

  const restored = mkdtempSync(join(folder, "restored-"))
  await run("tar", ["-xf", file, "-C", restored])
  const copy = new Sqlite(join(restored, "gatehouse.db"), { readonly: true })
  const halves = copy.prepare("SELECT count(*) FROM Setting WHERE updatedBy = ''").pluck().get()
  expect(Number(halves) % 2).toBe(0)
  expect(copy.prepare("SELECT email FROM Admin").pluck().all()).toEqual(["jonas@home"])
  copy.close()
  for (const name of ["server-key", "gateway-token", "auth-secret"]) {
    expect(keepSecretFile(join(restored, name))).toBe(keepSecretFile(join(dataDir, name)))
  }

  expect(readFileSync(join(restored, "audit-anchor"), "utf8")).toMatch(/^\d+ /)
  expect(await tool("audit-verify", [], { GATEHOUSE_DATA_DIR: restored })).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^The audit chain holds: \d+ entries sealed.*\n$/),
  })
})

it("a backup replaces no file, and leaves nothing half-made behind", async () => {
  const file = join(folder, "backup.tar")
  const before = statSync(file).mtimeMs
  expect(await tool("backup", [file])).toMatchObject({ code: 1, complained: expect.stringMatching(/exists already/) })
  expect(statSync(file).mtimeMs).toBe(before)
  const nowhere = join(folder, "none", "backup.tar")
  expect(await tool("backup", [nowhere])).toMatchObject({ code: 1 })
  expect(existsSync(nowhere)).toBe(false)
})

it("a backup of PostgreSQL is left to its own tool, in one sentence", async () => {
  const env = {
    DATABASE_URL: "postgresql://user:secret@127.0.0.1:1/none",
    GATEHOUSE_SERVER_KEY: "k".repeat(32),
    AUTH_SECRET: "s".repeat(32),
    GATEHOUSE_GATEWAY_TOKEN: "t".repeat(32),
  }
  const outcome = await tool("backup", [join(folder, "other.tar")], env)
  expect(outcome).toMatchObject({ code: 1, complained: expect.stringMatching(/pg_dump/) })
  expect(outcome.complained).not.toContain("secret@")
})

it("the import and the export work beside a running server, which goes on writing", async () => {
  const [there, back] = [join(folder, "there"), join(folder, "back")]
  mkdirSync(join(there, "devices"), { recursive: true })
  const device = () => {
    const { deviceId, publicKey } = createIdentity()
    const rights = { role: "node", roles: ["node"], scopes: [], approvedScopes: [], createdAtMs: 1, approvedAtMs: 1 }
    return [deviceId, { deviceId, publicKey, ...rights }]
  }
  const fleet = Object.fromEntries(Array.from({ length: 200 }, device))
  writeFileSync(join(there, "devices", "paired.json"), JSON.stringify(fleet))
  expect(await tool("import", [])).toMatchObject({ code: 1, complained: expect.stringMatching(/^Usage:/) })
  expect(await tool("import", [folder])).toMatchObject({ code: 1, complained: expect.stringMatching(/holds neither/) })
  expect((await tool("import", [there])).said).toMatch(/Nothing was written/)

  let isRunning = true
  const writing = (async () => {
    for (let written = 0; isRunning; written += 1) {
      await store.db.setting.create({ data: { key: `beside-${written}`, value: "", updatedAtMs: 0, updatedBy: "b" } })
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  })()
  const taken = await tool("import", [there, "--apply"])
  isRunning = false
  await writing
  expect(taken).toMatchObject({ code: 0, said: expect.stringMatching(/\nTaken over: 200 devices, 0 tokens/) })
  expect(await store.db.device.count()).toBe(200)
  expect((await tool("export", [back])).said).toMatch(/paired\.json holds 200 devices and 0 tokens in clear/)
  expect(await tool("export", [back])).toMatchObject({ code: 1, complained: expect.stringMatching(/exists already/) })
})

it("the audit tool finds a database that was put back to an earlier state", async () => {
  const restored = join(folder, "put-back")
  mkdirSync(restored)
  await run("tar", ["-xf", join(folder, "backup.tar"), "-C", restored])
  await sealAudit(store, Date.now())
  copyFileSync(join(dataDir, "audit-anchor"), join(restored, "audit-anchor"))
  const env = { GATEHOUSE_DATA_DIR: restored }
  expect(await tool("audit-verify", [], env)).toMatchObject({
    code: 1,
    complained: expect.stringContaining("put back to an earlier state"),
  })
  rmSync(join(restored, "audit-anchor"))
  expect(await tool("audit-verify", [], env)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/No file in the data directory says how far/),
  })
})

it("the audit tool finds the chain whole, and then the entry that somebody changed", async () => {
  await sealAudit(store, Date.now())
  expect(await tool("audit-verify", [])).toMatchObject({
    code: 0,
    said: expect.stringMatching(/chain holds: \d+ entries/),
  })
  const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "admin.link-used" } })
  await store.db.auditEntry.update({ where: { id: entry.id }, data: { actorName: "Somebody else" } })
  const outcome = await tool("audit-verify", [])
  expect(outcome.code).toBe(1)
  expect(outcome.complained).toContain(`broken at place ${entry.seq} (entry ${entry.id})`)
})
