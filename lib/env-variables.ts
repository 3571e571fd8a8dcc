import ipaddr from "ipaddr.js"
import { z } from "zod"

const port = (name: string, smallest: number) =>
  z.coerce
    .number({ error: `${name} must be a port number.` })
    .int(`${name} must be a port number.`)
    .min(smallest, `${name} must be a port between ${smallest} and 65535.`)
    .max(65_535, `${name} must be a port between ${smallest} and 65535.`)

const secret = (name: string, length: number) =>
  z.string().min(length, `${name} is too short: give it at least ${length} characters.`)

const postgresUrl = (name: string, otherwise: string) =>
  z
    .string()
    .regex(/^postgres(ql)?:\/\//, `${name} must begin with postgresql://; ${otherwise}.`)
    .refine(
      (url) => URL.canParse(url),
      `${name} cannot be read: it should look like postgresql://user:password@host/name.`,
    )
    .optional()

const roles = ["all", "gateway", "console"] as const

/** Each variable by itself: what is wrong with one is a sentence that says what to do. */
export const variables = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, "HOST must be an address or a host name, such as 127.0.0.1 or 0.0.0.0.")
    .default("127.0.0.1"),
  PORT: port("PORT", 0).default(18_790),
  GATEHOUSE_DATA_DIR: z.string().default("./data"),
  DATABASE_URL: postgresUrl("DATABASE_URL", "leave it out to use SQLite"),
  DATABASE_LISTEN_URL: postgresUrl(
    "DATABASE_LISTEN_URL",
    "leave it out where DATABASE_URL leads straight to PostgreSQL",
  ),
  GATEHOUSE_ROLE: z.enum(roles, "GATEHOUSE_ROLE must be all, gateway or console.").default("all"),
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

export type Variables = z.infer<typeof variables>

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
