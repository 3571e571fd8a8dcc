import { describe, expect, it } from "vitest"
import { remote } from "@/lib/gateway/testing"
import { consoleAuthority } from "@/lib/pairing/authority"
import type { Commander } from "@/lib/store/actor"
import { approveRequest } from "@/lib/store/approve-request"
import { rejectRequest } from "@/lib/store/reject-request"
import { createIdentity } from "@/tools/wire-client"
import { startTestDoor, type TestDoor } from "./testing"

const olga: Commander = { kind: "admin", id: "olga", name: "Olga", authority: consoleAuthority }

const rejected = {
  ok: false,
  error: { code: "NOT_PAIRED", details: { code: "PAIRING_REQUIRED", reason: "rejected", pauseReconnect: true } },
}

/** The one request that waits, as a command of the console takes it. */
async function waiting({ gateway: { store } }: TestDoor) {
  const requests = await store.db.request.findMany({ where: { status: "pending" }, select: { requestId: true } })
  expect(requests).toHaveLength(1)
  return { requestId: requests[0]?.requestId ?? "", actor: olga, nowMs: Date.now() }
}

describe("a rejection of a device that is connected", () => {
  it("leaves an operator what it has, and tells its next try for more so", async () => {
    const started = await startTestDoor()
    const { upstream, gateway } = started
    const identity = createIdentity()
    const client = await gateway.enter({ identity, scopes: ["operator.read"] })
    const more = { identity, scopes: ["operator.read", "operator.admin"], ...remote() }
    expect(await gateway.knock(more)).toMatchObject({ ok: false, error: { details: { reason: "scope-upgrade" } } })
    expect(await rejectRequest(gateway.store, await waiting(started))).toMatchObject({ ok: true })

    const connects = upstream.connects.length
    expect(await gateway.knock(more)).toMatchObject(rejected)
    expect(upstream.connects).toHaveLength(connects)
    expect(client.isOpen()).toBe(true)
    expect(await client.request("cron.list", {})).toMatchObject({ ok: true })
    expect(await client.request("cron.run", {})).toMatchObject({ ok: false, error: { code: "FORBIDDEN" } })
    expect(gateway.store.upstream.report().relays).toBe(1)
    await client.close()
  })

  it("leaves a node the commands that were approved, and gives it none of the others when it comes again", async () => {
    const started = await startTestDoor()
    const { upstream, gateway } = started
    const identity = createIdentity()
    const offering = (...commands: string[]) => ({ identity, role: "node", commands })
    await gateway.knock(offering("system.which"))
    await approveRequest(gateway.store, { ...(await waiting(started)), from: "console" })
    const node = await gateway.enter(offering("system.which", "system.run"))
    expect(await rejectRequest(gateway.store, await waiting(started))).toMatchObject({ ok: true })

    const again = await gateway.knock(offering("system.which", "system.run"))
    expect(node.isOpen()).toBe(true)
    expect(again).toMatchObject({ ok: true })
    expect(upstream.connects.at(-1)?.params).toMatchObject({ commands: ["system.which"] })
    const surfaces = () => [...upstream.nodes.values()].map(({ surface }) => surface)
    await expect.poll(surfaces).toEqual([["system.which"]])
    expect(await gateway.store.db.request.count({ where: { status: "pending" } })).toBe(0)
    await node.close()
    if (again.ok) await again.close()
  })
})
