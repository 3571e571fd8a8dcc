import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { get as getPlain, type IncomingMessage } from "node:http"
import { get } from "node:https"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { browserOptions } from "@/tools/browser.mjs"
import { createAuthority } from "@/tools/certificates"
import { freePort } from "@/tools/server-process"
import { type ConnectOptions, connect, createIdentity } from "@/tools/wire-client"
import { alwaysAt } from "@/tools/wire-socket"
import { refusalOf } from "./device"
import { test as base, expect, owner, signIn } from "./fixtures"
import { startNginx, whyNoNginx } from "./nginx"

const name = "gate.example"
/** Where devices dial nginx from. */
const elsewhere = "127.0.0.3"
const authority = createAuthority("A private authority")

type Door = {
  /** The address that people and devices use. */
  readonly url: string
  readonly plainPort: number
  readonly proxyPort: number
  /** What nginx has written to its error log. */
  readonly complaints: () => string
}

/** A server behind nginx, with what the README says on both sides. */
const test = base.extend<{ door: Door }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  door: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "gatehouse-nginx-"))
    const [port, plainPort, proxyPort] = [await freePort(), await freePort(), await freePort()]
    const { cert, key } = authority.issue([name])
    writeFileSync(join(folder, "cert.pem"), cert)
    writeFileSync(join(folder, "key.pem"), key)
    const here = {
      "server 127.0.0.1:18791;": `server 127.0.0.1:${proxyPort};`,
      "listen 80;": `listen 127.0.0.1:${plainPort};`,
      "listen [::]:80;": `listen 127.0.0.2:${plainPort};`,
      "listen 443 ssl": `listen 127.0.0.1:${port} ssl`,
      "listen [::]:443 ssl": `listen 127.0.0.2:${port} ssl`,
      "/etc/letsencrypt/live/gate.example/fullchain.pem": `${folder}/cert.pem`,
      "/etc/letsencrypt/live/gate.example/privkey.pem": `${folder}/key.pem`,
    }
    const nginx = await startNginx(join(folder, "nginx"), { port, here })
    await use({ url: `https://${name}:${port}`, plainPort, proxyPort, complaints: nginx.complaints })
    await nginx.stop()
    rmSync(folder, { recursive: true })
  },

  gateEnv: async ({ door }, use) => {
    await use({
      GATEHOUSE_OWNER_EMAIL: owner.email,
      GATEHOUSE_OWNER_PASSWORD: owner.password,
      GATEHOUSE_URL: door.url,
      GATEHOUSE_PROXY_PORT: String(door.proxyPort),
    })
  },
})

test.skip(whyNoNginx !== null, whyNoNginx ?? "")

const { args = [], ...launchOptions } = browserOptions()
test.use({
  launchOptions: {
    ...launchOptions, // A service worker is fetched by the browser itself, which the option for pages does not reach.
    args: [...args, `--host-resolver-rules=MAP ${name} 127.0.0.1`, "--ignore-certificate-errors"],
  },
  // The browser does not know the authority; the other clients below insist on it.
  ignoreHTTPSErrors: true,
})

test.afterEach(({ door }) => expect(door.complaints()).toBe(""))

function visit(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { ca: authority.ca, lookup: alwaysAt("127.0.0.1"), agent: false, headers }
    get(url, options, resolve).on("error", reject)
  })
}

/** Resolves with the instant at which a stream says something that matches. */
function heard(stream: IncomingMessage, pattern: RegExp): Promise<number> {
  let text = ""
  return new Promise((resolve) => {
    stream.on("data", (chunk) => {
      text += chunk
      if (pattern.test(text)) resolve(performance.now())
    })
  })
}

function knock(door: Door, options: Partial<ConnectOptions>) {
  const url = door.url.replace("https", "wss")
  return connect({ url, ca: authority.ca, address: "127.0.0.1", localAddress: elsewhere, ...options })
}

test("pages come by https, and whoever comes by http is led there", async ({ gate: _gate, door }) => {
  const page = await visit(`${door.url}/sign-in`)
  expect(page.statusCode).toBe(200)
  expect(page.headers["strict-transport-security"]).toMatch(/max-age=\d+/)
  page.destroy()
  const metrics = await visit(`${door.url}/metrics`, { "x-forwarded-for": "127.0.0.1" })
  expect(metrics.statusCode, "metrics are for this machine").toBe(403)
  metrics.destroy()
  const plain = await new Promise<IncomingMessage>((resolve) => {
    getPlain({ port: door.plainPort, host: "127.0.0.1", path: "/devices", headers: { host: name } }, resolve)
  })
  expect([plain.statusCode, plain.headers.location]).toEqual([301, `https://${name}/devices`])
  plain.destroy()
})

test("a person signs in with cookies of this host alone, is told at once who knocks, and lets it in", async ({
  page,
  gate,
  door,
}) => {
  await signIn(page, door, owner)
  const cookies = await page.context().cookies()
  expect(cookies.map((cookie) => cookie.name)).toContain("__Host-gatehouse")
  // The others are preferences, which scripts set and read.
  for (const cookie of cookies.filter(({ httpOnly }) => httpOnly)) {
    expect(cookie, cookie.name).toMatchObject({ secure: true, domain: name })
    expect(cookie.name).toMatch(/^__(Host|Secure)-/)
  }

  const cookie = cookies.map((each) => `${each.name}=${each.value}`).join("; ")
  const events = await visit(`${door.url}/api/events`, { cookie })
  expect(events.statusCode).toBe(200)
  const openedAt = performance.now()
  expect((await heard(events, /event: beat/)) - openedAt).toBeLessThan(2_000)

  const change = heard(events, /event: changes/)
  const asked = {
    identity: createIdentity(),
    scopes: ["operator.read"],
    auth: { token: gate.sharedToken() },
    client: { displayName: "Laptop" },
  }
  expect(refusalOf(await knock(door, asked))).toMatchObject({ code: "PAIRING_REQUIRED", reason: "not-paired" })
  const filedAt = performance.now()
  expect((await change) - filedAt).toBeLessThan(2_000)
  events.destroy()
  await expect(page.getByRole("article", { name: "Laptop" })).toBeVisible()

  await page.getByRole("button", { name: "Approve as operator with read" }).click()
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText(`approved as asked by ${owner.name}`)
  const inside = await knock(door, asked)
  if (!inside.ok) throw new Error(JSON.stringify(inside))
  expect(inside.hello.auth.scopes).toEqual(["operator.read"])
  expect(await inside.request("health")).toMatchObject({ ok: true })
  await inside.close()
})

test("who comes through is never local, and has the address that nginx saw, whatever it claims", async ({
  gate,
  door,
  store,
}) => {
  const claims = {
    "x-forwarded-for": "127.0.0.1, 198.51.100.7",
    "x-real-ip": "127.0.0.1",
    "x-forwarded-host": "localhost",
    forwarded: "for=127.0.0.1",
  }
  const auth = { token: gate.sharedToken() }
  for (const headers of [{}, claims, { ...claims, host: "localhost" }]) {
    const identity = createIdentity()
    const refused = await knock(door, { identity, auth, headers, scopes: ["operator.admin"] })
    expect(refusalOf(refused)).toMatchObject({ code: "PAIRING_REQUIRED" })
    const request = await store.db.request.findFirstOrThrow({ where: { deviceId: identity.deviceId } })
    expect(request.address).toBe(elsewhere)
  }
  const tool = { id: "cli", mode: "cli" }
  const bare = await knock(door, { auth, client: tool, headers: claims, scopes: ["operator.admin"] })
  expect(bare.ok && bare.hello.auth.scopes).toEqual([])
  if (bare.ok) await bare.close()

  const own = { url: gate.url.replace("http", "ws"), auth, scopes: ["operator.read"] }
  const local = await connect({ ...own, identity: createIdentity() })
  expect(local.ok, "the machine's own port is as it was").toBe(true)
  if (local.ok) await local.close()
})
