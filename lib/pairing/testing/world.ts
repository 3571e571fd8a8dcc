import { approve } from "../approve"
import { block, unblock } from "../block"
import { lowerCeiling, takeBackSilent } from "../ceiling"
import { decideConnect } from "../decide-connect"
import type { Decision } from "../decision"
import { ceilingOf } from "../device"
import { editRights } from "../edit"
import { withoutEnded } from "../ends"
import { extendGrant } from "../extend"
import type { AuthFacts, ConnectFacts, NetFacts } from "../facts"
import { seedPolicy } from "../policy"
import { reject, reopen } from "../reject"
import { remove } from "../remove"
import { revoke } from "../revoke"
import { rotate } from "../rotate"
import { ofRole } from "../scopes"
import type { Authority, DeviceRecord, PendingRequest, Policy, Refused, Role, Scopes } from "../types"
import { chosen, editOf, extensionOf } from "./choices"
import { emptyMetadata } from "./scenario"

export const testPolicy: Policy = { ...seedPolicy, firstPartyOrigins: ["http://127.0.0.1:18789"] }

/** What may happen to one device; `pick` chooses among what there is. */
export type Command =
  | {
      readonly op: "connect"
      readonly key: "key-1" | "key-2"
      readonly role: Role
      readonly scopes: Scopes
      /** Of a device token: the live one, the first or last of those that it replaced, or none that ever was. */
      readonly auth: "token" | "password" | "invalid" | "current" | "predecessor" | "last-predecessor" | "stale"
      readonly net: NetFacts
      readonly upstream: boolean
      readonly commands: readonly string[]
      readonly platform: string | null
    }
  | {
      readonly op: "approve"
      readonly pick: number
      readonly part: number
      readonly authority: Authority
      /** For how long; null is for good. */
      readonly forMs: number | null
    }
  | { readonly op: "extend"; readonly part: number; readonly byMs: number | null; readonly authority: Authority }
  | { readonly op: "reject" | "reopen"; readonly pick: number; readonly authority: Authority }
  | {
      readonly op: "rotate"
      readonly role: Role
      readonly scopes: Scopes | null
      readonly onPickup: boolean
      readonly remember: boolean
      readonly authority: Authority
    }
  | { readonly op: "revoke"; readonly role: Role; readonly authority: Authority }
  | { readonly op: "remove"; readonly authority: Authority }
  | { readonly op: "lower"; readonly part: number }
  | {
      readonly op: "edit"
      readonly role: Role
      /** Which of the approved scopes stay, which further ones are given, and which marks are taken off. */
      readonly keep: number
      readonly more: Scopes
      readonly release: number
      readonly token: Scopes | null
      readonly forMs: number | null
      readonly authority: Authority
    }
  | { readonly op: "take-back" | "block" | "unblock" }
  | { readonly op: "wait"; readonly ms: number }

/**
 * One command carried out: the record before and after, and what came of it. Both as they are at that instant: what
 * ended is gone from them. The rules themselves get the record with nothing of that written.
 */
export type Happening = {
  readonly command: Command
  readonly before: DeviceRecord
  readonly after: DeviceRecord
  readonly decision: Decision | null
  readonly refused: Refused | null
  readonly request: PendingRequest | null
  /** Scopes that this command asked for or chose to grant. */
  readonly asked: Scopes
  readonly nowMs: number
  /** False when the command changed the record that it was given, instead of returning a next one. */
  readonly isPure: boolean
}

const emptyRecord: DeviceRecord = { device: null, requests: [], holds: [], blockedKeys: [] }

/** The connect facts of a command against a record. */
export function factsOf(
  command: Extract<Command, { op: "connect" }>,
  record: DeviceRecord,
  nowMs: number,
  fresh: string,
): ConnectFacts {
  const token = record.device?.tokens[command.role]
  const auth: AuthFacts =
    command.auth === "current"
      ? { kind: "device-token", tokenId: token?.tokenId ?? null }
      : command.auth === "predecessor"
        ? { kind: "device-token", tokenId: token?.predecessors[0]?.tokenId ?? null }
        : command.auth === "last-predecessor"
          ? { kind: "device-token", tokenId: token?.predecessors.at(-1)?.tokenId ?? null }
          : command.auth === "stale"
            ? { kind: "device-token", tokenId: null }
            : { kind: command.auth }
  return {
    identity: { deviceId: "dev-1", publicKey: command.key },
    role: command.role,
    scopes: command.scopes,
    auth,
    net: command.net,
    metadata: { ...emptyMetadata, commands: command.commands, platform: command.platform },
    upstream: command.upstream,
    nowMs,
    freshRequestId: `request-${fresh}`,
    freshTokenId: `token-${fresh}`,
  }
}

/** A device's life: commands one after the other, a second apart, from a record on and under a policy. */
export function live(
  commands: readonly Command[],
  policy: Policy = testPolicy,
  start: DeviceRecord = emptyRecord,
): readonly Happening[] {
  let record = start
  let nowMs = 1_000_000
  const ended = new Map<string, PendingRequest>()
  return commands.map((command, index) => {
    nowMs += command.op === "wait" ? command.ms : 1000
    const before = record
    for (const request of before.requests) ended.set(request.requestId, request)
    const text = JSON.stringify(before)
    const happening = carryOut(command, before, { nowMs, fresh: String(index), known: [...ended.values()], policy })
    record = happening.after
    return { ...happening, isPure: JSON.stringify(before) === text }
  })
}

/** One command on one record. */
export function carryOut(
  command: Command,
  stored: DeviceRecord,
  around: {
    readonly nowMs: number
    /** Makes the ids of this command. */
    readonly fresh: string
    /** Every request that ever was. */
    readonly known: readonly PendingRequest[]
    readonly policy: Policy
  },
): Omit<Happening, "isPure"> {
  const { nowMs, fresh, known, policy } = around
  const before = withoutEnded(stored, nowMs)
  const idle = { command, before, after: before, decision: null, refused: null, request: null, asked: [], nowMs }
  const settle = (
    result: { readonly ok: true; readonly next: DeviceRecord } | Refused,
    more: Partial<Happening> = {},
  ) => ({ ...idle, ...more, after: nextOf(result, nowMs) ?? before, refused: result.ok ? null : result })
  const at = <T>(list: readonly T[], pick: number): T | null => list[pick % Math.max(list.length, 1)] ?? null
  const freshTokenId = `token-${fresh}`

  switch (command.op) {
    case "connect": {
      const decision = decideConnect(factsOf(command, stored, nowMs, fresh), stored, policy)
      return { ...idle, decision, after: nextOf(decision, nowMs) ?? before, asked: command.scopes }
    }
    case "approve": {
      const request = at(before.requests, command.pick)
      const grant = request === null ? [] : chosen(request.scopes, command.part)
      const requestId = request?.requestId ?? "unknown"
      const from = command.authority.deviceId === null ? "console" : "wire"
      const untilMs = command.forMs === null ? null : nowMs + command.forMs
      const input = { requestId, authority: command.authority, from, grant, untilMs, policy, nowMs, freshTokenId }
      return settle(approve(stored, { ...input, from }), { request, asked: grant })
    }
    case "extend": {
      const { authority } = command
      return settle(extendGrant(stored, { ...extensionOf(command, before, nowMs), authority, nowMs }))
    }
    case "reject": {
      const requestId = at(before.requests, command.pick)?.requestId ?? "unknown"
      return settle(reject(stored, { requestId, authority: command.authority, policy, nowMs }))
    }
    case "reopen": {
      const request = at(known, command.pick)
      return request === null ? idle : settle(reopen(stored, { request, authority: command.authority, nowMs }))
    }
    case "rotate": {
      const mode = command.onPickup ? ({ kind: "on-pickup", graceMs: 10_000 } as const) : ({ kind: "at-once" } as const)
      const { role, authority, remember: rememberNarrowing } = command
      const input = { role, mode, rememberNarrowing, authority, policy, nowMs, freshTokenId }
      return settle(rotate(stored, command.scopes === null ? input : { ...input, scopes: command.scopes }))
    }
    case "revoke":
      return settle(revoke(stored, { role: command.role, authority: command.authority, nowMs, freshTokenId }))
    case "remove":
      return settle(remove(stored, { authority: command.authority }))
    case "lower": {
      const remove = before.device ? chosen(ceilingOf(before.device, policy), command.part) : []
      return settle(lowerCeiling(stored, { remove, nowMs }, policy), { asked: remove })
    }
    case "edit":
      return settle(editRights(stored, editOf(command, before, { policy, nowMs, fresh })), { asked: command.more })
    case "take-back":
      return settle(takeBackSilent(stored, { nowMs }, policy))
    case "block":
      return settle(block(stored, "key-1"))
    case "unblock":
      return settle(unblock(stored, "key-1"))
    case "wait":
      return idle
  }
}

/** The record that an answer leaves behind, also one that should leave none. */
function nextOf(answer: object, nowMs: number): DeviceRecord | null {
  return "next" in answer && isRecord(answer.next) ? withoutEnded(answer.next, nowMs) : null
}

function isRecord(value: unknown): value is DeviceRecord {
  return typeof value === "object" && value !== null && "requests" in value && "blockedKeys" in value
}

/** The ceiling that a record gives a role; nothing without a device. */
export function ceilingFor(record: DeviceRecord, role: Role, policy: Policy = testPolicy): Scopes {
  return record.device === null ? [] : ofRole(ceilingOf(record.device, policy), role)
}
