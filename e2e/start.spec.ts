import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import WebSocket from "ws"
import { expect, owner, signIn, test } from "./fixtures"

const secrets = {
  GATEHOUSE_SERVER_KEY: "k".repeat(32),
  AUTH_SECRET: "a".repeat(32),
  GATEHOUSE_GATEWAY_TOKEN: "shared-token",
}

/** Runs the server where it cannot start, and says what it printed and how it ended. */
async function attempt(env: Record<string, string>) {
  const child = spawn(process.execPath, ["dist/server.mjs"], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
  })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk))
  const killer = setTimeout(() => child.kill("SIGKILL"), 60_000)
  const [code] = await once(child, "exit")
  clearTimeout(killer)
  return { code, said: said.trim() }
}

test.describe("a start that cannot be", () => {
  let folder = ""
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gatehouse-start-"))
  })
  test.afterEach(() => rmSync(folder, { recursive: true }))

  test("says so in one sentence, ends with 1 and leaves nothing behind", async ({ gate }) => {
    test.slow()
    const file = join(folder, "file")
    writeFileSync(file, "")
    const cases: [string, Record<string, string>, RegExp][] = [
      [
        "a port that is taken",
        { PORT: String(gate.port) },
        /^Port \d+ on 127.0.0.1 is taken by another program: .*PORT=….$/,
      ],
      ["a mistake in the environment", { PORT: "http" }, /^PORT must be a port number\.$/],
      [
        "a file in the place of the directory",
        { PORT: "0", GATEHOUSE_DATA_DIR: join(file, "data") },
        /is a file, so the data directory/,
      ],
      [
        "a database that does not answer",
        { PORT: "0", DATABASE_URL: "postgresql://x:y@127.0.0.1:1/z", ...secrets },
        /^The database of DATABASE_URL cannot be reached \(.*ECONNREFUSED.*\): check that it runs/,
      ],
      [
        "a database without its secrets",
        { PORT: "0", DATABASE_URL: "postgresql://x:y@127.0.0.1:1/z" },
        /must be set too/,
      ],
      [
        "a certificate that is not there",
        { PORT: "0", GATEHOUSE_TLS_CERT: file, GATEHOUSE_TLS_KEY: file },
        /not a certificate and its key/,
      ],
      ["a data directory in use", { PORT: "0", GATEHOUSE_DATA_DIR: gate.dataDir }, /^Another Gatehouse is using/],
    ]
    for (const [index, [name, env, sentence]] of cases.entries()) {
      const dataDir = join(folder, `data-${index}`)
      const { code, said } = await attempt({ GATEHOUSE_DATA_DIR: dataDir, ...env })
      expect(said, name).toMatch(sentence)
      expect(said.split("\n"), name).toHaveLength(1)
      expect(code, name).toBe(1)
      expect(existsSync(dataDir), name).toBe(false)
    }
  })

  test("refuses another server key than the database knows", async ({ gate }) => {
    await gate.stop()
    const env = { PORT: "0", GATEHOUSE_DATA_DIR: gate.dataDir, GATEHOUSE_SERVER_KEY: "k".repeat(32) }
    const { code, said } = await attempt(env)
    expect(said).toMatch(/^The server key is not the one of this database/)
    expect(code).toBe(1)
  })
})

test("keeps everything to itself: the data directory and what is in it", async ({ gate }) => {
  await expect.poll(() => existsSync(join(gate.dataDir, "audit-anchor"))).toBe(true)
  expect(statSync(gate.dataDir).mode & 0o777).toBe(0o700)
  for (const file of ["gatehouse.db", "server-key", "gateway-token", "auth-secret", "audit-anchor"])
    expect(statSync(join(gate.dataDir, file)).mode & 0o777, file).toBe(0o600)
})

test("stops within five seconds, sockets and streams open or not", async ({ gate, browser }) => {
  const context = await browser.newContext()
  await signIn(await context.newPage(), gate, owner)
  const socket = new WebSocket(gate.url.replace("http", "ws"))
  await once(socket, "message")
  const startedAt = Date.now()
  expect(await gate.stop()).toBe(0)
  expect(Date.now() - startedAt).toBeLessThan(5_000)
  await context.close()
})
