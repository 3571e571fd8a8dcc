import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { parseEnv } from "./env"

const secrets = {
  GATEHOUSE_SERVER_KEY: "k".repeat(32),
  AUTH_SECRET: "a".repeat(32),
  GATEHOUSE_GATEWAY_TOKEN: "shared-token",
}
const behind = "ws://127.0.0.1:18789"
const passwordFile = join(mkdtempSync(join(tmpdir(), "gatehouse-env-")), "password")
writeFileSync(passwordFile, "its-password\n")
const postgres = "postgresql://gate:secret@db.example.org/gate"

function env(source: Record<string, string>) {
  const parsed = parseEnv(source)
  if (!parsed.ok) throw new Error(parsed.mistakes.join(" "))
  return parsed.env
}

describe("without any variable", () => {
  it("listens on loopback only, keeps everything in ./data and trusts no proxy", () => {
    expect(env({})).toMatchObject({
      host: "127.0.0.1",
      port: 18790,
      dataDir: `${process.cwd()}/data`,
      databaseUrl: null,
      publicUrl: null,
      trustedProxies: process.platform === "linux" ? ["127.0.0.2"] : [],
      proxyPort: null,
      controlUiPort: null,
      tls: null,
      owner: null,
    })
  })

  it("declares no proxy by itself where others than this machine can come", () => {
    expect(env({ HOST: "0.0.0.0" }).trustedProxies).toEqual([])
    expect(env({ GATEHOUSE_URL: "https://gate.example.org" }).trustedProxies).toEqual([])
  })

  it("takes blank variables for absent ones", () => {
    expect(env({ PORT: "", GATEHOUSE_URL: " ", DATABASE_URL: "" })).toEqual(env({}))
  })
})

it.each([
  [
    "a public URL loses its slash",
    { GATEHOUSE_URL: "https://gate.example.org/" },
    { publicUrl: "https://gate.example.org" },
  ],
  ["proxies are a list", { GATEHOUSE_TRUSTED_PROXIES: "10.0.0.0/8, ::1" }, { trustedProxies: ["10.0.0.0/8", "::1"] }],
  ["port 0 means any free one", { PORT: "0" }, { port: 0 }],
  ["one process serves everything", {}, { processRole: "all", databaseListenUrl: null }],
  [
    "one of several serves devices, through a pool that lends connections",
    { DATABASE_URL: postgres, DATABASE_LISTEN_URL: `${postgres}2`, GATEHOUSE_ROLE: "gateway", ...secrets },
    { databaseUrl: postgres, databaseListenUrl: `${postgres}2`, processRole: "gateway" },
  ],
  ["PostgreSQL with its secrets", { DATABASE_URL: postgres, ...secrets }, { databaseUrl: postgres }],
  [
    "an owner",
    { GATEHOUSE_OWNER_EMAIL: "a@example.org", GATEHOUSE_OWNER_PASSWORD: "long enough" },
    { owner: { email: "a@example.org", password: "long enough" } },
  ],
  [
    "a gateway behind with its token",
    { GATEHOUSE_UPSTREAM: behind, GATEHOUSE_UPSTREAM_TOKEN: "its-token" },
    { upstream: { url: behind, secret: { kind: "token", value: "its-token" } } },
  ],
  [
    "a gateway behind with a password in a file",
    { GATEHOUSE_UPSTREAM: behind, GATEHOUSE_UPSTREAM_PASSWORD_FILE: passwordFile },
    { upstream: { url: behind, secret: { kind: "password", value: "its-password" } } },
  ],
  ["a data directory as given", { GATEHOUSE_DATA_DIR: "/var/lib/gate" }, { dataDir: "/var/lib/gate" }],
])("%s", (_case, source, expected) => {
  expect(env(source)).toMatchObject(expected)
})

it.each([
  ["a port that is a word", { PORT: "http" }, "PORT must be a port number"],
  ["a port out of range", { PORT: "70000" }, "between 0 and 65535"],
  ["a port with a fraction", { PORT: "1.5" }, "PORT must be a port number"],
  [
    "a shared token that could not be signed",
    { GATEHOUSE_GATEWAY_TOKEN: "one|another" },
    "must not contain the character |",
  ],
  ["a host with a blank", { HOST: "a b" }, "HOST must be an address"],
  ["another database", { DATABASE_URL: "mysql://x" }, "must begin with postgresql://"],
  [
    "PostgreSQL without secrets",
    { DATABASE_URL: postgres },
    "GATEHOUSE_SERVER_KEY and AUTH_SECRET and GATEHOUSE_GATEWAY_TOKEN must be set too",
  ],
  [
    "PostgreSQL without one of them",
    { DATABASE_URL: postgres, ...secrets, AUTH_SECRET: "" },
    "AUTH_SECRET must be set too",
  ],
  ["an address to listen at without a database", { DATABASE_LISTEN_URL: postgres }, "of no use without DATABASE_URL"],
  [
    "an address to listen at of another kind",
    { DATABASE_URL: postgres, ...secrets, DATABASE_LISTEN_URL: "redis://x" },
    "DATABASE_LISTEN_URL must begin with postgresql://",
  ],
  ["a role that there is not", { GATEHOUSE_ROLE: "door" }, "GATEHOUSE_ROLE must be all, gateway or console."],
  ["a gateway alone on SQLite", { GATEHOUSE_ROLE: "gateway" }, "GATEHOUSE_ROLE=gateway needs DATABASE_URL"],
  ["a console alone on SQLite", { GATEHOUSE_ROLE: "console" }, "GATEHOUSE_ROLE=console needs DATABASE_URL"],
  ["a public URL with a path", { GATEHOUSE_URL: "https://example.org/gate" }, "without a path"],
  ["a public URL of another kind", { GATEHOUSE_URL: "ftp://example.org" }, "GATEHOUSE_URL must be"],
  ["a proxy that is a prefix", { GATEHOUSE_TRUSTED_PROXIES: "10.0.0" }, '"10.0.0" is neither'],
  ["a proxy by name", { GATEHOUSE_TRUSTED_PROXIES: "127.0.0.1,proxy.local" }, '"proxy.local" is neither'],
  ["a certificate without its key", { GATEHOUSE_TLS_CERT: "cert.pem" }, "belong together"],
  ["an owner without a password", { GATEHOUSE_OWNER_EMAIL: "a@example.org" }, "belong together"],
  [
    "the server key twice",
    { GATEHOUSE_SERVER_KEY: "k".repeat(32), GATEHOUSE_SERVER_KEY_FILE: "key" },
    "set one of them",
  ],
  ["a short server key", { GATEHOUSE_SERVER_KEY: "short" }, "at least 32 characters"],
  ["a short metrics token", { GATEHOUSE_METRICS_TOKEN: "short" }, "at least 16 characters"],
  ["a gateway behind without its secret", { GATEHOUSE_UPSTREAM: behind }, "wants exactly one secret"],
  [
    "a gateway behind with two secrets",
    { GATEHOUSE_UPSTREAM: behind, GATEHOUSE_UPSTREAM_TOKEN: "a", GATEHOUSE_UPSTREAM_PASSWORD: "b" },
    "wants exactly one secret",
  ],
  ["the secret of no gateway", { GATEHOUSE_UPSTREAM_TOKEN: "a" }, "is of no use without GATEHOUSE_UPSTREAM"],
  [
    "a gateway behind by http",
    { GATEHOUSE_UPSTREAM: "http://127.0.0.1:18789", GATEHOUSE_UPSTREAM_TOKEN: "a" },
    "GATEHOUSE_UPSTREAM must be an address",
  ],
  [
    "a secret file that is not there",
    { GATEHOUSE_UPSTREAM: behind, GATEHOUSE_UPSTREAM_TOKEN_FILE: "/nowhere/token" },
    "cannot be read",
  ],
  ["one port for both listeners", { PORT: "9000", GATEHOUSE_PROXY_PORT: "9000" }, "must differ from PORT"],
  [
    "the console's port for the page of the gateway behind",
    { PORT: "9000", GATEHOUSE_CONTROL_UI_PORT: "9000" },
    "GATEHOUSE_CONTROL_UI_PORT must differ",
  ],
  [
    "the proxies' port for the page of the gateway behind",
    { GATEHOUSE_PROXY_PORT: "9000", GATEHOUSE_CONTROL_UI_PORT: "9000" },
    "an origin of its own",
  ],
])("refuses %s and says what to do", (_case, source, sentence) => {
  const parsed = parseEnv(source)
  expect(parsed.ok ? [] : parsed.mistakes.join("\n")).toContain(sentence)
})

it("names every mistake at once", () => {
  const parsed = parseEnv({ PORT: "http", GATEHOUSE_URL: "x" })
  expect(parsed.ok ? [] : parsed.mistakes).toHaveLength(2)
})

it("never repeats a secret in a message", () => {
  const parsed = parseEnv({ GATEHOUSE_SERVER_KEY: "hunter2", AUTH_SECRET: "hunter2", DATABASE_URL: "hunter2" })
  expect(parsed.ok ? "" : parsed.mistakes.join(" ")).not.toContain("hunter2")
})
