import { ceilingOf } from "../device"
import type { EditInput } from "../edit"
import { runningEnds } from "../ends"
import type { ExtendInput } from "../extend"
import { ofRole } from "../scopes"
import type { DeviceRecord, Policy, Scopes } from "../types"
import type { Command } from "./world"

/** The scopes whose bit is set in `part`. */
export function chosen(scopes: Scopes, part: number): Scopes {
  return scopes.filter((_, index) => (part >> index) % 2 === 1)
}

/** What an extension names: some of what ends, also of what is over already. */
export function extensionOf(
  { part, byMs }: Extract<Command, { op: "extend" }>,
  { device }: DeviceRecord,
  nowMs: number,
): Pick<ExtendInput, "names" | "untilMs" | "shownRevision"> {
  const running = device === null ? [] : runningEnds(device)
  const latestMs = Math.max(nowMs, ...running.map(({ untilMs }) => untilMs))
  const untilMs = byMs === null ? null : latestMs + byMs
  return { names: chosen(Object.keys(device?.ends ?? {}), part), untilMs, shownRevision: device?.revision ?? 0 }
}

/** What an edit names of a record, as it was shown. */
export function editOf(
  { role, keep, more, release, token, forMs, authority }: Extract<Command, { op: "edit" }>,
  { device }: DeviceRecord,
  { policy, nowMs, fresh }: { readonly policy: Policy; readonly nowMs: number; readonly fresh: string },
): EditInput {
  const ceiling = device === null ? [] : ofRole(ceilingOf(device, policy), role)
  return {
    ...{ role, token, authority, policy, nowMs, untilMs: forMs === null ? null : nowMs + forMs },
    approved: [...chosen(ceiling, keep), ...more],
    release: chosen(device?.withheld ?? [], release),
    mode: { kind: "on-pickup", graceMs: 10_000 },
    shownRevision: device?.revision ?? 0,
    freshTokenIds: { raise: `token-${fresh}`, rotate: `token-${fresh}-rotated` },
  }
}
