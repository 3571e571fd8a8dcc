import type { Ask } from "./ask"
import type { Allow, AllowReason, Reject } from "./decision"
import { ceilingOf, withDevice } from "./device"
import { servedCommands } from "./node-commands"
import { covers, cutTo, ofRole, uncovered, union } from "./scopes"
import { findPresented, handOver, isImported, issueToken, pickUp } from "./tokens"
import type { Device, DeviceRecord, Scopes, Token } from "./types"

/**
 * Lets in a paired device whose ask lies within its ceiling, but for what a person withheld. Scopes outside the
 * ceiling are never granted here, whatever the token says. Refuses with `token-scope-mismatch` when a presented
 * device token does not cover the ask and no person narrowed it (R9).
 * Source: rulings R9, R10, R12, R19, R22; seed 2; design, Tokens.
 */
export function admitPaired(
  ask: Ask,
  record: DeviceRecord,
  device: Device,
  because: Extract<AllowReason, "within-ceiling" | "proxy-cap"> = "within-ceiling",
): Allow | Reject {
  const ceiling = ofRole(ceilingOf(device, ask.policy), ask.role)
  const reachable = cutTo(ceiling, ask.asked)
  const isShort = uncovered(ceiling, ask.asked).length > 0
  const reason = isShort && because === "within-ceiling" ? "withheld-left-out" : because
  return ask.facts.auth.kind === "device-token"
    ? admitWithToken(ask, record, device, ceiling, reason)
    : admitWithSecret(ask, record, device, reachable, reason)
}

/** With another credential than a device token the whole ceiling is open; the token follows where it is too small. */
function admitWithSecret(
  { facts, role, asked, locality }: Ask,
  record: DeviceRecord,
  device: Device,
  granted: Scopes,
  reason: AllowReason,
): Allow {
  const served = { servedCommands: servedCommands(facts, role, device), filed: null }
  const leftOut = uncovered(granted, asked)
  const allowed = { kind: "allow", reason, locality, role, asked, granted, leftOut, ...served } as const
  const token = device.tokens[role]
  if (token !== undefined && covers(token.scopes, granted) && !isImported(token)) {
    if (token.deliveredAtMs !== null) return { ...allowed, next: record }
    return { ...allowed, next: withToken(record, device, { ...token, deliveredAtMs: facts.nowMs }, "unchanged") }
  }
  const issued = issueToken(device, {
    role,
    scopes: union(token?.scopes ?? [], granted),
    tokenId: facts.freshTokenId,
    nowMs: facts.nowMs,
    narrowedAway: token?.narrowedAway ?? [],
    delivered: true,
    replaced: { kind: "keep" },
  })
  return { ...allowed, next: withToken(record, device, issued, "changed") }
}

/** A device-token session is limited by that token, and a predecessor's by the token that replaced it (R9). */
function admitWithToken(
  { facts, role, asked, locality }: Ask,
  record: DeviceRecord,
  device: Device,
  ceiling: Scopes,
  reason: AllowReason,
): Allow | Reject {
  const token = device.tokens[role]
  const tokenId = facts.auth.kind === "device-token" ? facts.auth.tokenId : null
  const presented = token === undefined ? null : findPresented(token, tokenId, facts.nowMs)
  const refused: Reject = { kind: "reject", reason: "token-mismatch", locality, role, asked, missing: [] }
  if (token === undefined || presented === null) return refused

  const limit = cutTo(ceiling, token.scopes)
  const granted = cutTo(limit, asked)
  const served = { servedCommands: servedCommands(facts, role, device), filed: null }
  const leftOut = uncovered(granted, asked)
  const allowed = { kind: "allow", locality, role, asked, granted, leftOut, ...served } as const

  if (presented.kind === "predecessor") {
    // The new token goes out in this answer, so there is nothing to refuse: the session gets what that one holds.
    const handed = handOver(token, presented.predecessor, facts.nowMs)
    const next = handed === token ? record : withToken(record, device, handed, "unchanged")
    return { ...allowed, reason: "predecessor", next }
  }

  // What the ceiling does not cover can only be withheld here, and that is no error.
  const beyond = uncovered(limit, asked).filter((scope) => covers(ceiling, [scope]))
  const unexplained = uncovered(token.narrowedAway, beyond)
  if (unexplained.length > 0) return { ...refused, reason: "token-scope-mismatch", missing: unexplained }

  const next = isImported(token)
    ? withToken(record, device, reissued(device, token, facts), "unchanged")
    : token.usedAtMs === null
      ? withToken(record, device, pickUp(token, facts.nowMs), "unchanged")
      : record
  return { ...allowed, reason: beyond.length > 0 ? "narrowed-left-out" : reason, next }
}

/** One of ours in place of a token that another gateway issued, with what that one holds (docs/decisions/028). */
function reissued(device: Device, { role, scopes, narrowedAway }: Token, facts: Ask["facts"]): Token {
  const issue = { role, scopes, narrowedAway, tokenId: facts.freshTokenId, nowMs: facts.nowMs }
  return issueToken(device, { ...issue, delivered: true, replaced: { kind: "keep" } })
}

function withToken(record: DeviceRecord, device: Device, token: Token, rights: "changed" | "unchanged"): DeviceRecord {
  const changed = { ...device, tokens: { ...device.tokens, [token.role]: token } }
  return rights === "changed" ? withDevice(record, changed) : { ...record, device: changed }
}
