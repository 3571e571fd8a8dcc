import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { inBulk } from "@/lib/pairing/bulk"
import { currentStore } from "@/lib/store/instance"
import type { BulkRow, BulkSummary, SelectedRequest, ShownWarnings } from "./bulk-types"
import type { RequestView, Waiting } from "./request-types"
import { loadRequest } from "./requests"
import { warningKey } from "./warning-key"
import { type ReadWarnings, warningsOfSeveral } from "./warnings"

/** A device that asks for something else again and again is not followed for ever. */
const mostReplacements = 20

/**
 * What several requests would get if they were decided now, and which of them are left out. One that was replaced since
 * it was selected stands here as what its device asks now.
 */
export async function loadBulk(selected: readonly SelectedRequest[]): Promise<BulkSummary> {
  await requireAdmin("requests.see")
  const { policy } = await currentStore().policy()
  const chosen = new Set(selected.map(({ requestId }) => requestId))
  const waiting = new Map<string, BulkRow>()
  const ended: RequestView[] = []
  const warningsOf = warningsOfSeveral()
  // One after the other, so that handshakes find their turn between them.
  for (const row of selected) {
    const view = await loadPresent(row.requestId, warningsOf)
    const isReplacement = view !== null && view.requestId !== row.requestId
    if (view === null || (isReplacement && chosen.has(view.requestId))) continue
    if (view.state.kind === "ended") ended.push(view)
    else waiting.set(view.requestId, toRow(view, view.state, { ...row, isReplacement }))
  }
  return {
    waiting: [...waiting.values()],
    ended: ended.flatMap(({ requestId, label, displayName, state }) =>
      state.kind === "ended" ? [{ requestId, label, displayName, status: state.status, endedBy: state.endedBy }] : [],
    ),
    isNoteRequired: policy.graveGrantNote === "required",
    rejectHoldMs: policy.rejectHoldMs,
  }
}

/**
 * Which of several requests there is something to mind about that was not shown with them. Asked before the first of
 * them is approved, for each that is makes the next one look like it.
 */
export async function loadWarnedSince(shown: readonly ShownWarnings[]): Promise<ReadonlySet<string>> {
  await requireAdmin("requests.see")
  const store = currentStore()
  const { policy } = await store.policy()
  const warningsOf = warningsOfSeveral()
  const warned = new Set<string>()
  // As above.
  for (const { requestId, warnings } of shown) {
    const row = await store.db.request.findUnique({
      where: { requestId, status: "pending" },
      select: { deviceId: true, displayName: true, address: true },
    })
    const found = row === null ? [] : await warningsOf(store, row, policy)
    if (found.some((warning) => !warnings.includes(warningKey(warning)))) warned.add(requestId)
  }
  return warned
}

/** A request, or the one that took its place. */
async function loadPresent(requestId: string, warningsOf: ReadWarnings): Promise<RequestView | null> {
  let view = await loadRequest(requestId, warningsOf)
  for (let step = 0; step < mostReplacements; step++) {
    const next = view?.state.kind === "ended" ? view.state.supersededBy : null
    if (next === null) break
    view = (await loadRequest(next, warningsOf)) ?? view
  }
  return view
}

function toRow(
  view: RequestView,
  { scopes, digest }: Waiting,
  { rightsRevision, isReplacement }: SelectedRequest & { readonly isReplacement: boolean },
): BulkRow {
  const { requestId, deviceId, label, displayName, address, reason, role } = view
  const { paired, platform, commands, approvedAs, changedClaims, warnings, isRoleRevoked } = view
  return {
    ...{ requestId, deviceId, label, displayName, address, reason, role },
    ...{ paired, platform, commands, approvedAs, changedClaims, warnings, digest },
    ...inBulk({
      ...{ reason, role, scopes, isRoleRevoked, isReplacement },
      replacesKey: paired === "other-key",
      hasNewCommands: commands.some(({ isApproved }) => !isApproved),
      haveRightsChanged: view.rightsRevision !== rightsRevision,
      saysOtherwise: changedClaims.length > 0,
      isWarned: warnings.length > 0,
    }),
  }
}
