import { readFileSync } from "node:fs"
import { isAbsolute, resolve } from "node:path"
import { type Variables, variables } from "./env-variables"

/** What one process serves: devices (`gateway`), pages (`console`), or both. */
export type ProcessRole = Variables["GATEHOUSE_ROLE"]

/** The settings of the environment, checked. Absent ones are null. */
export type Env = {
  /** Development has to be asked for. */
  readonly production: boolean
  readonly host: string
  readonly port: number
  /** Absolute. */
  readonly dataDir: string
  readonly databaseUrl: string | null
  /** Straight to the database, where the other address leads through a pool that lends connections. */
  readonly databaseListenUrl: string | null
  readonly processRole: ProcessRole
  /** The public base URL, without a slash at its end. */
  readonly publicUrl: string | null
  readonly gatewayToken: string | null
  readonly serverKey: string | null
  readonly serverKeyFile: string | null
  readonly owner: { readonly email: string; readonly password: string } | null
  readonly trustedProxies: readonly string[]
  readonly proxyPort: number | null
  /** Where the web page of the gateway behind is served; 0 is any free port. */
  readonly controlUiPort: number | null
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  readonly authSecret: string | null
  readonly metricsToken: string | null
  /** The real gateway behind this one, with the secret it wants. */
  readonly upstream: {
    readonly url: string
    readonly secret: { readonly kind: "token" | "password"; readonly value: string }
  } | null
}

export type ParsedEnv =
  | { readonly ok: true; readonly env: Env }
  | { readonly ok: false; readonly mistakes: readonly string[] }

type Source = Readonly<Record<string, string | undefined>>

// `npm run device -- --remote` dials from here; other systems have no such address. A declared proxy is never local,
// but it may name any client, so nobody is declared where others than this machine can come.
const looksRemoteFrom = process.platform === "linux" ? ["127.0.0.2"] : []
const ownHosts = ["127.0.0.1", "::1", "localhost"]

/** Checks a set of environment variables; each mistake is one sentence that says what to do. Blank means absent. */
export function parseEnv(source: Source): ParsedEnv {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  )
  const parsed = variables.safeParse(given)
  if (!parsed.success) return { ok: false, mistakes: parsed.error.issues.map(({ message }) => message) }
  const read = parsed.data
  const upstream = upstreamOf(read)
  const mistakes = [...mistakesTogether(read), ...upstream.mistakes]
  if (mistakes.length > 0) return { ok: false, mistakes }
  return {
    ok: true,
    env: {
      production: read.NODE_ENV !== "development",
      host: read.HOST,
      port: read.PORT,
      dataDir: isAbsolute(read.GATEHOUSE_DATA_DIR) ? read.GATEHOUSE_DATA_DIR : resolve(read.GATEHOUSE_DATA_DIR),
      databaseUrl: read.DATABASE_URL ?? null,
      databaseListenUrl: read.DATABASE_LISTEN_URL ?? null,
      processRole: read.GATEHOUSE_ROLE,
      publicUrl: read.GATEHOUSE_URL ?? null,
      gatewayToken: read.GATEHOUSE_GATEWAY_TOKEN ?? null,
      serverKey: read.GATEHOUSE_SERVER_KEY ?? null,
      serverKeyFile: read.GATEHOUSE_SERVER_KEY_FILE ?? null,
      owner: both(read.GATEHOUSE_OWNER_EMAIL, read.GATEHOUSE_OWNER_PASSWORD, (email, password) => ({
        email,
        password,
      })),
      trustedProxies: read.GATEHOUSE_TRUSTED_PROXIES ?? defaultProxies(read),
      proxyPort: read.GATEHOUSE_PROXY_PORT ?? null,
      controlUiPort: read.GATEHOUSE_CONTROL_UI_PORT ?? null,
      tls: both(read.GATEHOUSE_TLS_CERT, read.GATEHOUSE_TLS_KEY, (certFile, keyFile) => ({ certFile, keyFile })),
      authSecret: read.AUTH_SECRET ?? null,
      metricsToken: read.GATEHOUSE_METRICS_TOKEN ?? null,
      upstream: upstream.value,
    },
  }
}

function defaultProxies({ HOST, GATEHOUSE_URL }: Variables): readonly string[] {
  return ownHosts.includes(HOST) && GATEHOUSE_URL === undefined ? looksRemoteFrom : []
}

function* mistakesTogether(read: Variables): Generator<string> {
  if (!read.GATEHOUSE_TLS_CERT !== !read.GATEHOUSE_TLS_KEY)
    yield "GATEHOUSE_TLS_CERT and GATEHOUSE_TLS_KEY belong together: set both, or neither."
  if (!read.GATEHOUSE_OWNER_EMAIL !== !read.GATEHOUSE_OWNER_PASSWORD)
    yield "GATEHOUSE_OWNER_EMAIL and GATEHOUSE_OWNER_PASSWORD belong together: set both, or neither."
  if (read.GATEHOUSE_SERVER_KEY && read.GATEHOUSE_SERVER_KEY_FILE)
    yield "GATEHOUSE_SERVER_KEY and GATEHOUSE_SERVER_KEY_FILE say the same thing twice: set one of them."
  if (read.PORT !== 0 && read.GATEHOUSE_PROXY_PORT === read.PORT)
    yield "GATEHOUSE_PROXY_PORT must differ from PORT: on it every peer counts as a proxy."
  if (read.GATEHOUSE_CONTROL_UI_PORT && [read.PORT, read.GATEHOUSE_PROXY_PORT].includes(read.GATEHOUSE_CONTROL_UI_PORT))
    yield "GATEHOUSE_CONTROL_UI_PORT must differ from the other ports: that page gets an origin of its own."
  if (read.DATABASE_URL === undefined) {
    if (read.GATEHOUSE_ROLE !== "all")
      yield `GATEHOUSE_ROLE=${read.GATEHOUSE_ROLE} needs DATABASE_URL: processes that share the work share a PostgreSQL database.`
    if (read.DATABASE_LISTEN_URL !== undefined) yield "DATABASE_LISTEN_URL is of no use without DATABASE_URL."
    return
  }
  const missing = [
    ...(read.GATEHOUSE_SERVER_KEY || read.GATEHOUSE_SERVER_KEY_FILE ? [] : ["GATEHOUSE_SERVER_KEY"]),
    ...(read.AUTH_SECRET ? [] : ["AUTH_SECRET"]),
    ...(read.GATEHOUSE_GATEWAY_TOKEN ? [] : ["GATEHOUSE_GATEWAY_TOKEN"]),
  ]
  if (missing.length > 0)
    yield `With DATABASE_URL set, ${missing.join(" and ")} must be set too, the same for every process on that database.`
}

function both<First, Second, Made>(
  first: First | undefined,
  second: Second | undefined,
  make: (first: First, second: Second) => Made,
): Made | null {
  return first === undefined || second === undefined ? null : make(first, second)
}

const upstreamSecrets = [
  { name: "GATEHOUSE_UPSTREAM_TOKEN", kind: "token", isFile: false },
  { name: "GATEHOUSE_UPSTREAM_TOKEN_FILE", kind: "token", isFile: true },
  { name: "GATEHOUSE_UPSTREAM_PASSWORD", kind: "password", isFile: false },
  { name: "GATEHOUSE_UPSTREAM_PASSWORD_FILE", kind: "password", isFile: true },
] as const

/** The gateway behind with its one secret, or what is wrong with how it is given. */
function upstreamOf(read: Variables): { value: Env["upstream"]; mistakes: readonly string[] } {
  const given = upstreamSecrets.filter(({ name }) => read[name] !== undefined)
  const [only] = given
  const url = read.GATEHOUSE_UPSTREAM
  if (url === undefined) {
    const mistakes = only === undefined ? [] : [`${only.name} is of no use without GATEHOUSE_UPSTREAM.`]
    return { value: null, mistakes }
  }
  const wanted =
    "GATEHOUSE_UPSTREAM wants exactly one secret: GATEHOUSE_UPSTREAM_TOKEN or …_PASSWORD, or …_FILE of one."
  if (only === undefined || given.length > 1) return { value: null, mistakes: [wanted] }
  const text = read[only.name] ?? ""
  const value = only.isFile ? readSecret(text) : text
  if (value === null) return { value: null, mistakes: [`${only.name} names ${text}, which cannot be read.`] }
  if (value === "") return { value: null, mistakes: [`${only.name} names ${text}, which is empty.`] }
  return { value: { url, secret: { kind: only.kind, value } }, mistakes: [] }
}

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim()
  } catch {
    return null
  }
}

/** The environment of this process. With a mistake in it no program starts: it is said, and that is the end. */
export const env: Env = ofThisProcess()

function ofThisProcess(): Env {
  const parsed = parseEnv(process.env)
  if (parsed.ok) return parsed.env
  for (const mistake of parsed.mistakes) console.error(mistake)
  process.exit(1)
}
