import { isRevoked } from "./device"
import { cutTo, uncovered } from "./scopes"
import type { Device, Predecessor, Role, Scopes, Token } from "./types"

type Issue = {
  readonly role: Role
  readonly scopes: Scopes
  readonly tokenId: string
  readonly nowMs: number
  /** What a person takes out of the token with this issue; see decideConnect for what that forgives. */
  readonly narrowedAway?: Scopes
  /** True when the token goes out in this very answer. */
  readonly delivered: boolean
  /** `end`: replaced tokens die at once. Otherwise they stay until pickup, a rotation's at the latest at `untilMs`. */
  readonly replaced: { readonly kind: "end" | "keep" } | { readonly kind: "grace"; readonly untilMs: number }
}

/**
 * A new token for a role of the device. Unless replaced tokens are to end, the last one that the device was seen
 * to use stays good for it until the new one is first used, and so does the last one that was delivered since;
 * undelivered ones in between die at once. Nothing of a revoked token is kept.
 * Source: design, "An approval strands nobody"; docs/decisions/013.
 */
export function issueToken(device: Device | null, issue: Issue): Token {
  const old = device?.tokens[issue.role]
  const kept = old === undefined || isRevoked(old) || issue.replaced.kind === "end" ? [] : predecessorsOf(old)
  const untilMs = issue.replaced.kind === "grace" ? issue.replaced.untilMs : null
  return {
    tokenId: issue.tokenId,
    role: issue.role,
    scopes: issue.scopes,
    narrowedAway: uncovered(issue.scopes, issue.narrowedAway ?? []),
    createdAtMs: old?.createdAtMs ?? issue.nowMs,
    issuedAtMs: issue.nowMs,
    deliveredAtMs: issue.delivered ? issue.nowMs : null,
    usedAtMs: null,
    revokedAtMs: null,
    predecessors: kept.map((token) => ({
      ...token,
      because: untilMs === null ? token.because : "rotation",
      untilMs: earliest(token.untilMs, untilMs),
    })),
  }
}

function earliest(first: number | null, second: number | null): number | null {
  if (first === null || second === null) return first ?? second
  return Math.min(first, second)
}

function predecessorsOf(old: Token): readonly Predecessor[] {
  const itself: Predecessor = { tokenId: old.tokenId, scopes: old.scopes, because: "replacement", untilMs: null }
  if (old.usedAtMs !== null) return [itself]
  return old.deliveredAtMs === null ? old.predecessors : [...old.predecessors.slice(0, 1), itself]
}

/**
 * The presented token among those that open the role now: the live one, or a predecessor within its grace (design,
 * Tokens).
 */
export function findPresented(
  token: Token,
  tokenId: string | null,
  nowMs: number,
): { readonly kind: "current" } | { readonly kind: "predecessor"; readonly predecessor: Predecessor } | null {
  if (tokenId === null) return null
  if (token.tokenId === tokenId) return { kind: "current" }
  const predecessor = token.predecessors.find((old) => old.tokenId === tokenId)
  if (predecessor === undefined) return null
  // At the end of its grace exactly it still opens, as a request at the end of its time still lives (R15).
  return predecessor.untilMs === null || nowMs <= predecessor.untilMs ? { kind: "predecessor", predecessor } : null
}

/** The token after its first successful use: picked up, so that what came before it is dead (design, Tokens). */
export function pickUp(token: Token, nowMs: number): Token {
  return { ...token, deliveredAtMs: token.deliveredAtMs ?? nowMs, usedAtMs: nowMs, predecessors: [] }
}

/**
 * The token after a predecessor opened the door to it: delivered, and what came before that predecessor is dead. The
 * same object when that is how it was.
 * Source: docs/decisions/013.
 */
export function handOver(token: Token, predecessor: Predecessor, nowMs: number): Token {
  const isLastUsed = token.predecessors[0] === predecessor
  if (isLastUsed && token.deliveredAtMs !== null) return token
  const predecessors = isLastUsed ? token.predecessors : [predecessor]
  return { ...token, predecessors, deliveredAtMs: token.deliveredAtMs ?? nowMs }
}

const importedEnding = ".sha256"

/** The id of a token that another gateway issued: not random, but the hash of its secret, for that is all that is kept. */
export function importedId(hash: string): string {
  return `${hash}${importedEnding}`
}

/**
 * Whether another gateway issued the token. Nobody can hand such a one out again, so it is replaced by one of ours
 * whenever its device comes in, and stays good as the predecessor of that.
 * Source: design, Tokens; docs/decisions/028.
 */
export function isImported({ tokenId }: Pick<Token, "tokenId">): boolean {
  return tokenId.endsWith(importedEnding)
}

/** The token limited to a lowered ceiling; predecessors with it (R22). */
export function limitToken(token: Token, ceiling: Scopes): Token {
  return {
    ...token,
    scopes: cutTo(ceiling, token.scopes),
    predecessors: token.predecessors.map((old) => ({ ...old, scopes: cutTo(ceiling, old.scopes) })),
  }
}

/** Where a token stands on its way to the device (design, Tokens). */
export function tokenState(
  token: Pick<Token, "revokedAtMs" | "usedAtMs" | "deliveredAtMs">,
): "waiting" | "delivered" | "picked-up" | "revoked" {
  if (token.revokedAtMs !== null) return "revoked"
  if (token.usedAtMs !== null) return "picked-up"
  return token.deliveredAtMs === null ? "waiting" : "delivered"
}
