import type { WhyAnswer } from "@/lib/pairing/why"

/** The answer to "why can it do that". */
export type WhyView = {
  /** What was asked: a scope, or a method. */
  readonly about: string
  readonly scope: string | null
  /** The instant it is about; null for now. */
  readonly atMs: number | null
  readonly answer: WhyAnswer
  /** True when that was before everything that is kept. */
  readonly isBefore: boolean
}
