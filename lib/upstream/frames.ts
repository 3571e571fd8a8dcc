import { z } from "zod"

/** Parsed leniently: what this version does not know of the gateway behind it is passed on, not judged. */
const challenge = z.looseObject({
  type: z.literal("event"),
  event: z.literal("connect.challenge"),
  payload: z.looseObject({ nonce: z.string().min(1), ts: z.number() }),
})

const wireError = z.looseObject({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  retryAfterMs: z.number().optional(),
})

const response = z.looseObject({
  type: z.literal("res"),
  id: z.string(),
  ok: z.boolean(),
  payload: z.unknown().optional(),
  error: wireError.optional(),
})

const hello = z.looseObject({
  type: z.literal("hello-ok"),
  server: z.looseObject({ version: z.string(), connId: z.string() }),
  auth: z.looseObject({ role: z.string(), scopes: z.array(z.string()), deviceToken: z.string().optional() }),
})

export type UpstreamHello = z.infer<typeof hello>

export type UpstreamResponse = z.infer<typeof response>

/** The challenge in a frame, or null when it is none. */
export function readChallenge(text: string): { nonce: string; ts: number } | null {
  const parsed = challenge.safeParse(json(text))
  return parsed.success ? parsed.data.payload : null
}

/** The response in a frame, or null when it is none. */
export function readResponse(text: string): UpstreamResponse | null {
  const parsed = response.safeParse(json(text))
  return parsed.success ? parsed.data : null
}

/** The payload of a `connect` that was let in, or null when it is none. */
export function readHello(payload: unknown): UpstreamHello | null {
  const parsed = hello.safeParse(payload)
  return parsed.success ? parsed.data : null
}

/** The text of a request frame. */
export function requestText(id: string, method: string, params: unknown): string {
  return JSON.stringify({ type: "req", id, method, params })
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
