import type { CheckName, CheckStep, UpstreamReport, UpstreamState } from "@/lib/store/upstream-board"

export type { CheckName, CheckStep, UpstreamReport, UpstreamState }

/** The gateway behind, for the owners' page. */
export type UpstreamFacts = {
  readonly report: UpstreamReport
  /** What was set up in the console; `secretKind` is null where the secret cannot be read any more. */
  readonly stored: { readonly url: string; readonly secretKind: "token" | "password" | null } | null
  readonly isSetByEnvironment: boolean
}
