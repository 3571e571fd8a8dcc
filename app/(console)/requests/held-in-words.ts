import { durationWords } from "@/components/policy-words"

/** What a rejection means for what a key asks next. */
export function heldInWords(rejectHoldMs: number, whose: "this key" | "each key"): string {
  if (rejectHoldMs === 0) return `When ${whose} asks again, it waits here again.`
  return `The same or a narrower ask of ${whose} is refused for ${durationWords(rejectHoldMs)}, without a new request.`
}
