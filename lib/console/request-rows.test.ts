import { beforeEach, describe, expect, it, vi } from "vitest"
import { approveRequest } from "@/lib/store/approve-request"
import { connectDevice } from "@/lib/store/connect-device"
import type { Store } from "@/lib/store/store"
import { admin, askToWait, called, knock } from "@/lib/store/testing-connect"
import { undoApproval } from "@/lib/store/undo-approval"
import { loadRequestQueue, loadWaitingRequests } from "./requests"
import { openTestConsole } from "./testing-console"

vi.mock("next/headers", () => import("./testing-console"))

let store: Store
let nowMs: number

beforeEach(async () => {
  store = await openTestConsole("viewer")
  nowMs = Date.now()
})

const ask = (over: Parameters<typeof knock>[0] = {}) => askToWait(store, knock({ nowMs, ...over }))

describe("the rows of the queue", () => {
  it("marks those whose name is easily taken for another key's, paired or waiting", async () => {
    await connectDevice(store, knock({ device: "paired", nowMs, from: "loopback", ...called("Ops laptop") }))
    await ask({ device: "twin", ...called("Ops Iaptop"), nowMs: nowMs - 4 })
    await ask({ device: "one", ...called("Studio"), nowMs: nowMs - 3 })
    const other = await ask({ device: "other", ...called("Studi0"), nowMs: nowMs - 2 })
    await ask({ device: "alone", ...called("Attic"), nowMs: nowMs - 1 })
    // Its own name of before is no other key's.
    await ask({ device: "paired", ...called("Ops laptop"), scopes: ["operator.approvals"] })
    const marks = (await loadRequestQueue()).rows.map((row) => [row.deviceId, row.isLookalike])
    expect(marks).toEqual([
      ["twin", true],
      ["one", true],
      ["other", true],
      ["alone", false],
      ["paired", true],
    ])
    expect(await loadWaitingRequests([other])).toMatchObject([{ isLookalike: true }])
  })

  it("says of a role that it comes back, and of no revoked one that the device has it", async () => {
    const first = await ask()
    await approveRequest(store, { requestId: first, from: "console", actor: admin, nowMs })
    await undoApproval(store, { requestId: first, actor: admin, nowMs })
    await ask({ nowMs: nowMs + 1 })
    expect((await loadRequestQueue()).rows).toMatchObject([
      { reason: "role-upgrade", role: "operator", isRoleBack: true, heldRoles: [] },
    ])
    await connectDevice(store, knock({ device: "b", nowMs, from: "loopback" }))
    await ask({ device: "b", role: "node", scopes: [], nowMs: nowMs + 2 })
    expect((await loadRequestQueue()).rows[1]).toMatchObject({
      ...{ reason: "role-upgrade", isRoleBack: false, heldRoles: ["operator"] },
    })
  })
})
