import { readFileSync } from "node:fs"
import { isAbsolute, resolve } from "node:path"
import ipaddr from "ipaddr.js"
import { z } from "zod"

/** The settings of the environment, checked. Absent ones are null. */
export type Env = {
  /** Development has to be asked for. */
  readonly production: boolean
  readonly host: string
  readonly port: number
  /** Absolute. */
  readonly dataDir: string
  readonly databaseUrl: string | null
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

const port = (name: string, smallest: number) =>
  z.coerce
    .number({ error: `${name} must be a port number.` })
    .int(`${name} must be a port number.`)
    .min(smallest, `${name} must be a port between ${smallest} and 65535.`)
    .max(65_535, `${name} must be a port between ${smallest} and 65535.`)

const secret = (name: string, length: number) =>
  z.string().min(length, `${name} is too short: give it at least ${length} characters.`)

// `npm run device -- --remote` dials from here; other systems have no such address. A declared proxy is never local,
// but it may name any client, so nobody is declared where others than this machine can come.
const looksRemoteFrom = process.platform === "linux" ? ["127.0.0.2"] : []
const ownHosts = ["127.0.0.1", "::1", "localhost"]

const variables = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, "HOST must be an address or a host name, such as 127.0.0.1 or 0.0.0.0.")
    .default("127.0.0.1"),
  PORT: port("PORT", 0).default(18_790),
  GATEHOUSE_DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "DATABASE_URL must begin with postgresql://; leave it out to use SQLite.")
    .refine(
      (url) => URL.canParse(url),
      "DATABASE_URL cannot be read: it should look like postgresql://user:password@host/name.",
    )
    .optional(),
  GATEHOUSE_URL: z
    .string()
    .refine(isBaseUrl, "GATEHOUSE_URL must be an address such as https://gate.example.org, without a path.")
    .transform((url) => new URL(url).origin)
    .optional(),
  // Devices sign it in a text whose fields are joined by "|", so the wire refuses tokens that hold one.
  GATEHOUSE_GATEWAY_TOKEN: secret("GATEHOUSE_GATEWAY_TOKEN", 8)
    .regex(
      /^[^|\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*$/u,
      "GATEHOUSE_GATEWAY_TOKEN must not contain the character | or control characters.",
    )
    .optional(),
  GATEHOUSE_SERVER_KEY: secret("GATEHOUSE_SERVER_KEY", 32).optional(),
  GATEHOUSE_SERVER_KEY_FILE: z.string().optional(),
  GATEHOUSE_OWNER_EMAIL: z.string().optional(),
  GATEHOUSE_OWNER_PASSWORD: z.string().optional(),
  GATEHOUSE_TRUSTED_PROXIES: z
    .string()
    .optional()
    .transform((list) => list?.split(/[\s,]+/).filter((entry) => entry !== ""))
    .superRefine((entries = [], context) => {
      for (const entry of entries.filter((item) => !isAddressOrRange(item)))
        context.addIssue({
          code: "custom",
          message: `GATEHOUSE_TRUSTED_PROXIES: "${entry}" is neither an address nor a CIDR range such as 10.0.0.0/8.`,
        })
    }),
  GATEHOUSE_PROXY_PORT: port("GATEHOUSE_PROXY_PORT", 0).optional(),
  GATEHOUSE_CONTROL_UI_PORT: port("GATEHOUSE_CONTROL_UI_PORT", 0).optional(),
  GATEHOUSE_TLS_CERT: z.string().optional(),
  GATEHOUSE_TLS_KEY: z.string().optional(),
  AUTH_SECRET: secret("AUTH_SECRET", 32).optional(),
  GATEHOUSE_METRICS_TOKEN: secret("GATEHOUSE_METRICS_TOKEN", 16).optional(),
  GATEHOUSE_UPSTREAM: z
    .string()
    .refine(isSocketUrl, "GATEHOUSE_UPSTREAM must be an address such as ws://127.0.0.1:18789.")
    .optional(),
  GATEHOUSE_UPSTREAM_TOKEN: z.string().optional(),
  GATEHOUSE_UPSTREAM_PASSWORD: z.string().optional(),
  GATEHOUSE_UPSTREAM_TOKEN_FILE: z.string().optional(),
  GATEHOUSE_UPSTREAM_PASSWORD_FILE: z.string().optional(),
})

type Variables = z.infer<typeof variables>

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
  if (read.DATABASE_URL === undefined) return
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

function isSocketUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, hash } = new URL(text)
  return ["ws:", "wss:"].includes(protocol) && username === "" && hash === ""
}

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search, hash, username } = new URL(text)
  return ["http:", "https:"].includes(protocol) && pathname === "/" && search === "" && hash === "" && username === ""
}

function isAddressOrRange(text: string): boolean {
  return text.includes("/")
    ? ipaddr.isValidCIDR(text)
    : ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
}

/** The environment of this process. With a mistake in it no program starts: it is said, and that is the end. */
export const env: Env = ofThisProcess()

function ofThisProcess(): Env {
  const parsed = parseEnv(process.env)
  if (parsed.ok) return parsed.env
  for (const mistake of parsed.mistakes) console.error(mistake)
  process.exit(1)
}
