import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { life } from "@/lib/pairing/testing/arbitraries"
import { editOf, extensionOf } from "@/lib/pairing/testing/choices"
import { type Command, carryOut, factsOf, type Happening, testPolicy } from "@/lib/pairing/testing/world"
import type { Authority, DeviceRecord, PendingRequest } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { approveRequest } from "./approve-request"
import { blockDevice } from "./block-device"
import { connectDevice } from "./connect-device"
import { editRights } from "./edit-rights"
import { extendGrant } from "./extend-grant"
import { readRecord } from "./load-record"
import { lowerCeiling } from "./lower-ceiling"
import { withObserved } from "./observed-metadata"
import { rejectRequest } from "./reject-request"
import { removeDevice } from "./remove-device"
import { reopenRequest } from "./reopen-request"
import { revokeToken } from "./revoke-token"
import { rotateToken } from "./rotate-token"
import { toRequest } from "./rows"
import type { Store } from "./store"
import { takeBackSilent } from "./take-back-silent"
import { openTestStore } from "./testing"
import { inTransaction } from "./transaction"
import { unblockDevice } from "./unblock-device"

const deviceId = "dev-1"
const unknown = "no such request"

/** What a command came to, in one word or two. */
type Outcome = string

const actorOf = (authority: Authority) => ({ kind: "admin", id: "a", name: "Ada", authority }) satisfies Actor
const admin = actorOf({ scopes: ["operator.admin"], deviceId: null })

/** The command as the store is given it, on the request that the rules chose or under an id that never was. */
async function run(store: Store, happening: Omit<Happening, "isPure">, requestId: string): Promise<Outcome> {
  const { command, before, nowMs, asked } = happening
  const by = {
    deviceId,
    actor: "authority" in command ? actorOf(command.authority) : admin,
    nowMs,
    confirmedLockout: true,
  }
  switch (command.op) {
    case "connect":
      return connect(store, command, before, nowMs)
    case "approve": {
      const from = command.authority.deviceId === null ? "console" : "wire"
      const untilMs = command.forMs === null ? null : nowMs + command.forMs
      return wordOf(await approveRequest(store, { ...by, requestId, from, grant: asked, untilMs }))
    }
    case "extend":
      return wordOf(await extendGrant(store, { ...by, ...extensionOf(command, before, nowMs) }))
    case "reject":
      return wordOf(await rejectRequest(store, { ...by, requestId }))
    case "reopen":
      return requestId === unknown ? "ok" : wordOf(await reopenRequest(store, { ...by, requestId }))
    case "rotate": {
      const mode = command.onPickup ? ({ kind: "on-pickup", graceMs: 10_000 } as const) : ({ kind: "at-once" } as const)
      const { role, remember: rememberNarrowing } = command
      return wordOf(
        await rotateToken(store, { ...by, role, mode, rememberNarrowing, scopes: command.scopes ?? undefined }),
      )
    }
    case "revoke":
      return wordOf(await revokeToken(store, { ...by, role: command.role }))
    case "remove":
      return wordOf(await removeDevice(store, by))
    case "lower":
      return wordOf(await lowerCeiling(store, { ...by, remove: asked }))
    case "edit": {
      const at = { policy: testPolicy, nowMs, fresh: "unused" }
      const { role, approved, token, release, mode, shownRevision, untilMs } = editOf(command, before, at)
      const choice = { role, approved, token, release, mode, shownRevision, untilMs }
      const edit = { ...by, ...choice, actor: actorOf(command.authority) }
      return wordOf(await editRights(store, edit))
    }
    case "take-back":
      return wordOf(await takeBackSilent(store, by))
    case "block":
      return wordOf(await blockDevice(store, { ...by, publicKey: "key-1" }))
    case "unblock":
      return wordOf(await unblockDevice(store, { ...by, publicKey: "key-1" }))
    case "wait":
      return "ok"
  }
}

async function connect(
  store: Store,
  command: Extract<Command, { op: "connect" }>,
  before: DeviceRecord,
  nowMs: number,
): Promise<Outcome> {
  const { auth, freshRequestId: _, freshTokenId, ...input } = factsOf(command, before, nowMs, "unused")
  const presented = auth.kind === "device-token" ? (auth.tokenId ?? freshTokenId) : ""
  const secret = store.keys.deriveToken(presented, deviceId, command.role)
  const answer = await connectDevice(store, {
    ...input,
    auth: auth.kind === "device-token" ? { kind: auth.kind, secret } : auth,
  })
  return answer.ok ? `${answer.decision.kind} ${answer.decision.reason}` : answer.because
}

// A request that has ended is one that the rules do not know.
const wordOf = (result: { readonly ok: boolean; readonly because?: string }): Outcome =>
  result.ok ? "ok" : result.because === "already-resolved" ? "not-found" : (result.because ?? "")

function outcomeOf({ decision, refused }: Omit<Happening, "isPure">): Outcome {
  return decision === null ? (refused?.because ?? "ok") : `${decision.kind} ${decision.reason}`
}

/** What the rules leave, with what the store observes beside them: the platform that an admitted device reports. */
function observedAfter({ command, decision, before, after, nowMs }: Omit<Happening, "isPure">): DeviceRecord {
  if (command.op !== "connect" || decision?.kind !== "allow") return after
  return withObserved(after, factsOf(command, before, nowMs, "unused"))
}

/** A record without the names of what this command issued, in an order of its own, and as it counts at an instant. */
function comparable(record: DeviceRecord, before: DeviceRecord, nowMs: number, ttlMs: number): unknown {
  const known = idsOf(before)
  const requests = record.requests.filter((request) => nowMs <= request.triedAtMs + ttlMs)
  const holds = record.holds.filter((hold) => nowMs < hold.untilMs)
  const sorted = { ...record, requests, holds, blockedKeys: [...record.blockedKeys].sort() }
  const fresh = idsOf(record).filter((id) => !known.includes(id))
  const text = fresh.reduce((all, id) => all.replaceAll(JSON.stringify(id), '"fresh"'), JSON.stringify(sorted))
  return JSON.parse(text)
}

function idsOf({ device, requests, holds }: DeviceRecord): readonly string[] {
  const tokens = Object.values(device?.tokens ?? {})
  return [
    ...tokens.flatMap((token) => [token.tokenId, ...token.predecessors.map((old) => old.tokenId)]),
    ...[...requests, ...holds].map((item) => item.requestId),
  ]
}

// What is over is recorded by whatever command comes next, also by one that is refused.
const told = { where: { action: { notIn: ["request.expired", "device.grant-ended"] } } }

async function empty(store: Store): Promise<void> {
  await inTransaction(store, async ({ db }) => {
    await db.device.deleteMany()
    await db.request.deleteMany()
    await db.block.deleteMany()
  })
}

describe("any sequence of commands, by the store", () => {
  it("leaves what the rules leave, and after a refusal what there was", { timeout: 120_000 }, async () => {
    const store = await openTestStore("sqlite")
    const { policy } = await store.policy()
    const ttlMs = policy.pendingTtlMs
    await fc.assert(
      fc.asyncProperty(life, async (commands) => {
        await empty(store)
        let nowMs = 1_000_000
        for (const [index, command] of commands.entries()) {
          nowMs += command.op === "wait" ? command.ms : 1000
          const before = await readRecord(store, { deviceId, pendingTtlMs: ttlMs, nowMs })
          const rows = await store.db.request.findMany({ orderBy: { filedAtMs: "asc" } })
          const known: readonly PendingRequest[] = rows.map(toRequest)
          const expected = carryOut(command, before, { nowMs, fresh: `of-${index}`, known, policy })
          const entries = await store.db.auditEntry.count(told)
          const requestId = chosenRequest(command, before, known)
          expect(await run(store, expected, requestId), command.op).toBe(outcomeOf(expected))
          const after = await readRecord(store, { deviceId, pendingTtlMs: ttlMs, nowMs })
          const [got, want] = [after, observedAfter(expected)].map((record) => comparable(record, before, nowMs, ttlMs))
          expect(got, command.op).toEqual(want)
          if (expected.refused === null && expected.decision?.kind !== "reject") continue
          expect(await store.db.auditEntry.count(told), command.op).toBe(entries)
        }
      }),
      { numRuns: 100 },
    )
  })
})

/** The request that the rules pick for a command, in the order in which they are given them. */
function chosenRequest(command: Command, before: DeviceRecord, known: readonly PendingRequest[]): string {
  if (command.op !== "approve" && command.op !== "reject" && command.op !== "reopen") return unknown
  const among = command.op === "reopen" ? known : before.requests
  return among[command.pick % Math.max(among.length, 1)]?.requestId ?? unknown
}
