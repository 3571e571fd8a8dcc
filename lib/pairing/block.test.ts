import { describe, expect, it } from "vitest"
import { block, unblock } from "./block"
import { decideConnect } from "./decide-connect"
import { device, facts, loopback, policy, record, token } from "./testing/facts"
import type { DeviceRecord } from "./types"

describe("a blocked key", () => {
  const blocked = block(record(), "key-1")
  it("is refused whatever it asks, and drops its requests", () => {
    if (!blocked.ok) throw new Error(blocked.because)
    expect(decideConnect(facts({ net: loopback }), blocked.next, policy())).toMatchObject({ reason: "blocked" })
    const fresh = block(record({ device: null, blockedKeys: [] }), "key-9")
    expect(fresh.ok && fresh.next.blockedKeys).toEqual(["key-9"])
  })

  it("has its rights back when it is unblocked", () => {
    if (!blocked.ok) throw new Error(blocked.because)
    const lifted = unblock(blocked.next, "key-1")
    expect(lifted.ok && decideConnect(facts(), lifted.next, policy()).kind).toBe("allow")
  })

  it("is checked after the secret", () => {
    if (!blocked.ok) throw new Error(blocked.because)
    const given = facts({ auth: { kind: "invalid" } })
    expect(decideConnect(given, blocked.next, policy())).toMatchObject({ reason: "unauthorized" })
  })

  it.each<[string, string | null, DeviceRecord, string]>([
    ["a wrong device token", null, record(), "token-mismatch"],
    ["a device token of a removed device", "token-1", record({ device: null }), "device-not-paired"],
    ["its device token", "token-1", record(), "blocked"],
    [
      "its revoked token",
      "token-1",
      record({ device: device({ tokens: { operator: token({ revokedAtMs: 1 }) } }) }),
      "blocked",
    ],
  ])("comes with %s: it proves nothing or is told that it is blocked", (_case, tokenId, before, reason) => {
    const given = facts({ auth: { kind: "device-token", tokenId } })
    expect(decideConnect(given, { ...before, blockedKeys: ["key-1"] }, policy())).toMatchObject({ reason })
  })

  it("drops its own requests, not those of another key", () => {
    const own = decideConnect(facts({ scopes: ["operator.write"] }), record(), policy())
    if (own.kind !== "pending") throw new Error(own.kind)
    const identity = { deviceId: "dev-1", publicKey: "key-2" }
    const other = decideConnect(facts({ identity, freshRequestId: "other" }), own.next, policy())
    if (other.kind !== "pending") throw new Error(other.kind)
    const dropping = block(other.next, "key-1")
    expect(dropping).toMatchObject({ ok: true, dropped: [{ requestId: "fresh-request" }] })
    expect(dropping.ok && dropping.next.requests).toMatchObject([{ requestId: "other" }])
    expect(dropping.ok && dropping.next.device?.revision).toBe(2)
  })
})
