import { z } from "zod"
import { longestGrantMs } from "@/lib/pairing/grant-length"

/** For how long something is granted, as a browser says it. */
export const grantLengthInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("good") }),
  z.object({ kind: z.literal("for"), ms: z.int().positive().max(longestGrantMs) }),
  z.object({ kind: z.literal("until"), atMs: z.int().positive() }),
])
