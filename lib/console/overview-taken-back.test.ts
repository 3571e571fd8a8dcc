import { expect, it } from "vitest"
import { addAdmin } from "@/lib/store/admin-testing"
import { approveRequest } from "@/lib/store/approve-request"
import { blockDevice } from "@/lib/store/block-device"
import { connectDevice } from "@/lib/store/connect-device"
import { rejectRequest } from "@/lib/store/reject-request"
import { reopenRequest } from "@/lib/store/reopen-request"
import { dialects, openTestStore } from "@/lib/store/testing"
import { admin, knock } from "@/lib/store/testing-connect"
import { undoApproval } from "@/lib/store/undo-approval"
import { parseAuditFilter } from "./audit-filter"
import { readEntries } from "./audit-rows"
import { readOverview } from "./overview-figures"
import { decisionsHref } from "./overview-links"

const nowMs = 20_000 * 86_400_000 + 3_600_000

it.each(dialects)("on %s a block is a decision, and what was taken back is counted apart", async (dialect) => {
  const store = await openTestStore(dialect, { chores: "leave" })
  const ada = { ...admin, id: await addAdmin(store, { name: "Ada" }) }
  const bob = { ...admin, id: await addAdmin(store, { name: "Bob", email: "bob@example.org" }) }
  const ask = async (device: string) => {
    const answer = await connectDevice(store, knock({ nowMs, device }))
    if (!answer.ok || answer.decision.kind !== "pending") throw new Error("Expected to wait.")
    return answer.decision.request.requestId
  }
  const done = (result: { ok: boolean }) => expect(result).toMatchObject({ ok: true })
  await ask("stranger")
  done(await blockDevice(store, { deviceId: "stranger", actor: ada, nowMs: nowMs + 1 }))
  const approved = await ask("guest")
  done(await approveRequest(store, { requestId: approved, from: "console", actor: bob, nowMs: nowMs + 2 }))
  done(await undoApproval(store, { requestId: approved, actor: ada, nowMs: nowMs + 3 }))
  const rejected = await ask("visitor")
  done(await rejectRequest(store, { requestId: rejected, actor: bob, nowMs: nowMs + 4 }))
  done(await reopenRequest(store, { requestId: rejected, actor: ada, nowMs: nowMs + 5 }))

  const overview = await readOverview(store, { period: 7, allRotations: false }, nowMs + 1_000)
  const { totals, fromMs, days, people, devices } = overview
  expect(totals).toEqual({ approved: 1, rejected: 1, blocked: 1, silent: 0, expired: 0, undone: 1, reopened: 1 })
  expect(days.at(-1)).toMatchObject({ approved: 1, rejected: 1, blocked: 1 })
  expect(people).toEqual([
    { id: bob.id, name: "Bob", approved: 1, rejected: 1, blocked: 0, undone: 0, reopened: 0 },
    { id: ada.id, name: "Ada", approved: 0, rejected: 0, blocked: 1, undone: 1, reopened: 1 },
  ])
  // A key that was blocked while it only asked is no device, and is blocked all the same.
  expect(devices.marks).toContainEqual({ mark: "blocked", value: 1, more: false })
  expect(await store.db.device.count({ where: { isBlocked: true } })).toBe(0)

  const entries = async (href: string) => {
    const filter = parseAuditFilter(Object.fromEntries(new URL(href, "http://here").searchParams))
    return (await readEntries(store, filter, null, 1_000)).length
  }
  for (const outcome of ["approved", "rejected", "blocked", "undone", "reopened"] as const) {
    expect(await entries(decisionsHref({ outcome, fromMs })), outcome).toBe(totals[outcome])
    for (const { id, ...counts } of people) {
      expect(await entries(decisionsHref({ outcome, fromMs, person: id })), `${outcome} ${counts.name}`).toBe(
        counts[outcome],
      )
    }
  }
})
