import type { LockoutLoss, Refusal, Refused } from "@/lib/pairing/types"

/** What became of a decision, as the page needs to say it. */
export type DecisionResult =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly because: Refusal | "unreachable"
      /** How it had ended already, who was faster, and when. */
      readonly end: { readonly status: string; readonly byName: string; readonly atMs: number } | null
      /** What it would cut off, when it was refused for that. */
      readonly losses?: readonly LockoutLoss[]
    }

type End = Extract<DecisionResult, { ok: false }>["end"]

/** The part of a command's answer that the page shows. */
export function toDecisionResult(
  result: { readonly ok: true } | Refused | (Refused & { readonly end: NonNullable<End> }),
): DecisionResult {
  if (result.ok) return { ok: true }
  if (!("end" in result)) {
    const { because, losses } = result
    return { ok: false, because, end: null, ...(losses && { losses }) }
  }
  const { status, byName, atMs } = result.end
  return { ok: false, because: result.because, end: { status, byName, atMs } }
}
