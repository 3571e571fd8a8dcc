import { z } from "zod"
import { clientIds, clientModes } from "./known-clients"

const text = (length: number) => z.string().min(1).max(length)

// The signed string joins its fields with "|" and escapes nothing, so no field may hold one.
const signed = (length: number) =>
  z
    .string()
    .max(length)
    .regex(/^[^|\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*$/u)

const requestFrame = z.strictObject({
  type: z.literal("req"),
  id: text(256),
  method: text(128),
  params: z.unknown().optional(),
  traceparent: z.string().max(128).optional(),
  expectedProfileId: z.string().max(256).optional(),
})

const client = z.strictObject({
  id: z.enum(clientIds),
  version: text(128),
  platform: signed(128).min(1),
  mode: z.enum(clientModes),
  displayName: z.string().min(1).optional(),
  deviceFamily: signed(128).min(1).optional(),
  modelIdentifier: text(256).optional(),
  instanceId: text(256).optional(),
  buildId: text(96).optional(),
  timeZone: text(64).optional(),
})

const device = z.strictObject({
  id: text(128),
  publicKey: text(4096),
  signature: text(4096),
  signedAt: z.int().min(0),
  nonce: z.string().max(256),
})

const auth = z.strictObject({
  token: signed(4096).optional(),
  password: z.string().max(4096).optional(),
  deviceToken: signed(4096).optional(),
  bootstrapToken: signed(4096).optional(),
  approvalRuntimeToken: z.string().max(4096).optional(),
  agentRuntimeIdentityToken: z.string().max(4096).optional(),
})

const modelCatalog = z.union([
  z.strictObject({ agentId: text(256).optional(), sessionKey: text(1024).optional() }),
  z.strictObject({ agentId: text(256).optional(), shortId: text(256), slugHint: text(256).optional() }),
])

const connectParams = z.strictObject({
  minProtocol: z.int().min(1),
  maxProtocol: z.int().min(1),
  client,
  caps: z.array(z.string().max(128)).max(256).optional(),
  commands: z.array(z.string().max(128)).max(512).optional(),
  permissions: z.record(z.string().max(128), z.boolean()).optional(),
  pathEnv: z.string().max(32_768).optional(),
  computerUse: z.unknown().optional(),
  workerRuns: z.looseObject({}).optional(),
  role: signed(64).optional(),
  scopes: z.array(signed(256)).max(1024).optional(),
  modelCatalog: modelCatalog.optional(),
  device: device.optional(),
  auth: auth.optional(),
  locale: z.string().max(128).optional(),
  userAgent: z.string().max(2048).optional(),
})

export type RequestFrame = z.infer<typeof requestFrame>
export type ConnectParams = z.infer<typeof connectParams>

export type WireError = {
  readonly code: "NOT_PAIRED" | "INVALID_REQUEST" | "UNAVAILABLE" | "FORBIDDEN"
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly retryable?: boolean
  readonly retryAfterMs?: number
}

/** A payload that is JSON already: a long one is written in parts, so that it holds up nobody. */
export class WrittenJson {
  constructor(readonly text: string) {}
}

export type Reply = { readonly ok: true; readonly payload: unknown } | { readonly ok: false; readonly error: WireError }

/** Reads a text frame as a request; null when it is none. */
export function readRequest(raw: unknown): RequestFrame | null {
  const parsed = requestFrame.safeParse(raw)
  return parsed.success ? parsed.data : null
}

/** Reads connect params, closed to unknown properties. */
export function readConnectParams(raw: unknown) {
  return connectParams.safeParse(raw)
}

/** Parses JSON; undefined when it is none, since JSON has no such value. */
export function readJson(frame: string): unknown {
  try {
    return JSON.parse(frame)
  } catch {
    return undefined
  }
}

/** The text of a response frame. */
export function responseFrame(id: string, reply: Reply): string {
  if (reply.ok && reply.payload instanceof WrittenJson) {
    return `{"type":"res","id":${JSON.stringify(id)},"ok":true,"payload":${reply.payload.text}}`
  }
  return JSON.stringify({ type: "res", id, ...reply })
}

/** The text of an event frame; only broadcast events carry a `seq`. */
export function eventFrame(event: string, payload: unknown, seq?: number): string {
  return JSON.stringify({ type: "event", event, payload, ...(seq === undefined ? {} : { seq }) })
}
