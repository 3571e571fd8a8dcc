import { admitPaired } from "./admit"
import type { Ask } from "./ask"
import type { Decision, Locality, Reject, RejectReason } from "./decision"
import { ceilingOf, currentScopes, hasRole, isRevoked, withDevice } from "./device"
import { endsAfter, isEndedRole, withoutEnded } from "./ends"
import type { ConnectFacts } from "./facts"
import { fileGrowth } from "./file-growth"
import { isIdentityProxy, openLane } from "./lanes"
import { judgeLocality } from "./locality"
import { isApprovedNode, isServedNode, servedCommands } from "./node-commands"
import { fileRequest, holdAgainst, withoutExpired } from "./requests"
import { defaultRole, readRole } from "./role"
import { areValidScopes, cleanScopes, covers, cutTo, ofRole, uncovered, union } from "./scopes"
import { findPresented, issueToken } from "./tokens"
import type { Device, DeviceRecord, PairingReason, Policy, Role, Scopes } from "./types"

/**
 * Decides one connect. Total and deterministic: the same facts and record always give the same decision, and the
 * value carries everything that the wire, the page and the audit entry say about it. The order is R1's: form and
 * credential, block, key, metadata, role, scopes; one reason per decision. A refusal changes nothing. Units: all
 * instants in milliseconds. `next` is the same object as `record` when nothing is to be written.
 * Source: rulings R1–R11, R16–R18, R21–R23; both seeds.
 */
export function decideConnect(facts: ConnectFacts, stored: DeviceRecord, policy: Policy): Decision {
  const locality = judgeLocality(facts.net, policy)
  const asked = cleanScopes(facts.scopes)
  const role = facts.role === null ? defaultRole : readRole(facts.role)
  const reject = (reason: RejectReason, missing: Scopes = []): Reject => {
    return { kind: "reject", reason, locality, role, asked, missing }
  }

  if (role === null) return reject("invalid-role")
  if (!areValidScopes(asked, role)) return reject("invalid-scope", asked)
  if (facts.auth.kind === "invalid") return reject("unauthorized")
  if (facts.identity === null) return decideWithoutDevice(facts, stored, policy, locality, role, asked)

  const record = withoutExpired(withoutEnded(stored, facts.nowMs), policy, facts.nowMs)
  const ask: Ask = { facts, identity: facts.identity, role, asked, locality, policy }
  const credential = checkDeviceToken(ask, record.device)
  const isProven = credential === null || credential === "token-revoked"
  if (isProven && stored.blockedKeys.includes(ask.identity.publicKey)) return reject("blocked")
  if (credential !== null) return reject(credential)

  const reason = pairingReason(ask, record.device)
  if (reason === null && record.device !== null) {
    const admitted = admitPaired(ask, record, record.device)
    return admitted.kind === "allow" ? fileGrowth(ask, admitted) : admitted
  }
  return cross(ask, record, reason ?? "not-paired")
}

/** Ruling R18 and the exception `localCliWithoutDevice`: the tool of this machine counts as the machine's owner. */
function decideWithoutDevice(
  facts: ConnectFacts,
  record: DeviceRecord,
  policy: Policy,
  locality: Locality,
  role: Role,
  asked: Scopes,
): Decision {
  const { clientId, clientMode } = facts.metadata
  const isProbe = clientId === "cli" && clientMode === "probe"
  const isTool =
    (clientId === "cli" && clientMode === "cli") || (clientId === "gateway-client" && clientMode === "backend")
  const hasSecret = facts.auth.kind === "token" || facts.auth.kind === "password"
  const isExcepted =
    policy.localCliWithoutDevice === "allow" && (isTool || isProbe) && hasSecret && facts.net.origin === null
  if (!isExcepted || role !== "operator") {
    return { kind: "reject", reason: "device-required", locality, role, asked, missing: [] }
  }
  const served = { servedCommands: servedCommands(facts, role, null), filed: null }
  const base = { kind: "allow", locality, role, asked, next: record, ...served } as const
  if (isProbe) return { ...base, reason: "probe", granted: [], leftOut: asked }
  return locality.local
    ? { ...base, reason: "local-command-line", granted: asked, leftOut: [] }
    : { ...base, reason: "remote-command-line", granted: [], leftOut: asked }
}

/** What is wrong with a presented device token, before any question of scopes. A failed check changes nothing. */
function checkDeviceToken(ask: Ask, device: Device | null): RejectReason | null {
  if (ask.facts.auth.kind !== "device-token") return null
  if (device === null || device.publicKey !== ask.identity.publicKey) return "device-not-paired"
  const token = device.tokens[ask.role]
  if (token === undefined) return "token-mismatch"
  const presented = findPresented(token, ask.facts.auth.tokenId, ask.facts.nowMs)
  if (presented === null) return "token-mismatch"
  // A role that came to its end is asked for again, and the token of its own still tells who asks.
  return isRevoked(token) && !isEndedRole(device, ask.role) ? "token-revoked" : null
}

/** The first thing that this connect lacks, in the order of R1; null when it lacks nothing. */
function pairingReason(ask: Ask, device: Device | null): PairingReason | null {
  if (device === null || device.publicKey !== ask.identity.publicKey) return "not-paired"
  if (ask.policy.metadataPinning === "all" && hasOtherMetadata(ask.facts, device)) return "metadata-upgrade"
  if (!hasRole(device, ask.role)) return "role-upgrade"
  if (isServedNode(ask.facts, ask.role) && !isApprovedNode(device, ask.facts)) return "metadata-upgrade"
  // What a person withheld is no lack: the connect gets the rest (R22).
  const missing = uncovered(ceilingOf(device, ask.policy), ask.asked)
  return missing.every((scope) => device.withheld.includes(scope)) ? null : "scope-upgrade"
}

function hasOtherMetadata({ metadata }: ConnectFacts, device: Device): boolean {
  const differs = (pinned: string | null, claimed: string | null) =>
    pinned !== null && pinned !== "" && pinned.toLowerCase() !== (claimed ?? "").toLowerCase()
  return (
    differs(device.metadata.platform, metadata.platform) || differs(device.metadata.deviceFamily, metadata.deviceFamily)
  )
}

/** A connect that lacks something: a rejection in force answers first, then an open lane, then a person. */
function cross(ask: Ask, record: DeviceRecord, reason: PairingReason): Decision {
  const { facts, identity, role, asked, locality, policy } = ask
  const { device } = record
  const ceiling = device?.publicKey === identity.publicKey ? ceilingOf(device, policy) : []
  const missing = uncovered(ceiling, asked)
  const { publicKey } = identity
  const { commands } = facts.metadata
  const hold = holdAgainst(record.holds, { publicKey, role, scopes: asked, commands, nowMs: facts.nowMs })
  if (hold !== undefined) return { kind: "reject", reason: "rejected", locality, role, asked, missing }

  const opening = openLane({ reason, role, asked, facts, device, locality, policy })
  if (opening.open) {
    const { next, covered, granted } = grantSilently(ask, record, opening)
    const leftOut = uncovered(granted, asked)
    return {
      kind: "silent-approve",
      reason,
      lane: opening.lane,
      locality,
      role,
      asked,
      granted,
      leftOut,
      next,
      covered,
    }
  }

  const crossing = { reason, role, asked, facts, device, locality, policy }
  if (device !== null && opening.manual === "above-silent-ceiling" && isIdentityProxy(crossing)) {
    // Nothing is filed that could only end in the same grant.
    return admitPaired(ask, record, device, "proxy-cap")
  }

  const filed = fileRequest(record, { facts, ...identity, role, scopes: asked, reason })
  const withheld = missing.filter((scope) => device?.withheld.includes(scope))
  return { kind: "pending", reason, manual: opening.manual, locality, role, asked, missing, withheld, ...filed }
}

/**
 * The record after a silent grant: the ceiling grows by it, the token by all that the session gets, requests that it
 * covers end. A session that a device token opened gets no more of the ceiling than that token held (R9, R12, R17).
 */
function grantSilently(
  { facts, identity, role, asked, policy }: Ask,
  record: DeviceRecord,
  opening: { readonly lane: Device["approvedVia"]; readonly grant: Scopes },
): { next: DeviceRecord; covered: readonly string[]; granted: Scopes } {
  const { device } = record
  const before = device === null ? [] : ceilingOf(device, policy)
  const ceiling = union(before, opening.grant)
  const held = device === null ? [] : cutTo(ceiling, currentScopes(device, role))
  const reach = facts.auth.kind === "device-token" ? union(held, uncovered(before, opening.grant)) : ceiling
  const reached = cutTo(ofRole(reach, role), asked)
  const token = issueToken(device, {
    role,
    scopes: union(held, reached),
    tokenId: facts.freshTokenId,
    nowMs: facts.nowMs,
    narrowedAway: device?.tokens[role]?.narrowedAway ?? [],
    delivered: true,
    replaced: { kind: "keep" },
  })
  const granted: Device = {
    deviceId: identity.deviceId,
    publicKey: identity.publicKey,
    roles: device === null ? [role] : device.roles.includes(role) ? device.roles : [...device.roles, role],
    approvedScopes: ceiling,
    legacyScopes: device?.legacyScopes ?? null,
    withheld: device?.withheld ?? [],
    silentScopes: union(device?.silentScopes ?? [], uncovered(before, opening.grant)),
    ends: endsAfter(device, { before, ceiling, untilMs: null }),
    tokens: { ...device?.tokens, [role]: token },
    metadata: device?.metadata ?? facts.metadata,
    approvedCommands: device?.approvedCommands ?? null,
    nodePlatform: device?.nodePlatform ?? null,
    nodeFamily: device?.nodeFamily ?? null,
    approvedVia: device?.approvedVia ?? opening.lane,
    pairedAtMs: device?.pairedAtMs ?? facts.nowMs,
    approvedAtMs: facts.nowMs,
    revision: device?.revision ?? 0,
  }
  const isCovered = (request: DeviceRecord["requests"][number]) =>
    request.publicKey === identity.publicKey &&
    request.reason !== "metadata-upgrade" &&
    hasRole(granted, request.role) &&
    covers(ofRole(ceiling, request.role), request.scopes)
  const covered = record.requests.filter(isCovered).map((request) => request.requestId)
  const requests = record.requests.filter((request) => !isCovered(request))
  return { next: withDevice({ ...record, requests }, granted), covered, granted: reached }
}
