import { z } from "zod"
import type { Change } from "./hub"
import { requestStatuses } from "./request-status"

const text = z.string()

const changeSchema: z.ZodType<Change> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("request"), requestId: text, deviceId: text, status: z.enum(requestStatuses) }),
  z.object({
    kind: z.literal("device"),
    deviceId: text,
    what: z.enum(["paired", "rights", "name", "removed", "blocked", "unblocked", "attempt"]),
  }),
  z.object({
    kind: z.literal("sessions-closed"),
    deviceId: text,
    role: z.enum(["operator", "node"]).nullable(),
    because: text,
  }),
  z.object({ kind: z.literal("session-disconnected"), deviceId: text, connId: text }),
  z.object({ kind: z.literal("policy"), version: z.number() }),
  z.object({ kind: z.literal("settings") }),
  z.object({ kind: z.literal("upstream") }),
  z.object({ kind: z.literal("admin-session"), adminId: text, sessionId: text.nullable() }),
  z.object({ kind: z.literal("presence"), deviceId: text.nullable(), online: z.boolean() }),
  z.object({ kind: z.literal("audit"), entryId: text }),
])

/** Whether something that another process sent is a change that this version knows. */
export function isChange(value: unknown): value is Change {
  return changeSchema.safeParse(value).success
}
