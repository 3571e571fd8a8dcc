import { describe, expect, it } from "vitest"
import { confinedTo, consoleAuthority, refusedOver, sessionAuthority } from "./authority"
import type { Authority, Refusal, Role } from "./types"

const pairing = ["operator.pairing"]
const own: Authority = { scopes: pairing, deviceId: "dev-1" }
const ownAdmin: Authority = { scopes: ["operator.admin"], deviceId: "dev-1" }
const shared: Authority = { scopes: pairing, deviceId: null }

describe("whose authority a session has", () => {
  it("is the device's own when its token opened it, and the gateway's when the shared secret did", () => {
    expect(sessionAuthority(pairing, { by: "device-token", deviceId: "dev-1" })).toEqual(own)
    expect(sessionAuthority(pairing, { by: "token", deviceId: "dev-1" })).toEqual(shared)
    expect(sessionAuthority(pairing, { by: "token", deviceId: null })).toEqual(shared)
  })

  it("is confined to its own device without admin", () => {
    expect([own, ownAdmin, shared, consoleAuthority].map(confinedTo)).toEqual(["dev-1", null, null, null])
  })
})

describe("who may remove or rename a device", () => {
  const operator: readonly Role[] = ["operator"]
  const node: readonly Role[] = ["operator", "node"]
  it.each<[string, Authority, string, readonly Role[], Refusal | null]>([
    ["the console", consoleAuthority, "dev-1", node, null],
    ["a session of the shared secret", shared, "dev-1", operator, null],
    ["a session of the shared secret, a node", shared, "dev-1", node, null],
    [
      "a session without pairing",
      { scopes: ["operator.write"], deviceId: null },
      "dev-1",
      operator,
      "caller-missing-scope",
    ],
    ["a device itself", own, "dev-1", operator, null],
    ["a device itself, where it is a node too", own, "dev-1", node, "caller-missing-scope"],
    ["an admin device itself, where it is a node too", ownAdmin, "dev-1", node, null],
    ["a device, another one", own, "dev-2", operator, "not-own-device"],
    ["an admin device, another one", ownAdmin, "dev-2", node, null],
  ])("%s", (_who, caller, deviceId, roles, because) => {
    expect(refusedOver(caller, { deviceId, roles })?.because ?? null).toBe(because)
  })
})
