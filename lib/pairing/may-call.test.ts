import { describe, expect, it } from "vitest"
import { type Caller, hasMethod, type MethodName, mayCall, mayWatch } from "./may-call"

const operator = (...scopes: string[]): Caller => ({ role: "operator", scopes })
const node: Caller = { role: "node", scopes: ["operator.admin"] }
const pairing = "operator.pairing"
const read = "operator.read"

describe("which method takes what", () => {
  it.each<[MethodName, string | null]>([
    ["health", null],
    ["status", read],
    ["device.pair.list", pairing],
    ["device.pair.approve", pairing],
    ["device.pair.reject", pairing],
    ["device.pair.remove", pairing],
    ["node.pair.remove", pairing],
    ["device.pair.rename", pairing],
    ["device.token.rotate", pairing],
    ["device.token.revoke", pairing],
    ["device.scopes.requestUpgrade", null],
    ["device.scopes.waitUpgrade", null],
  ])("%s takes %s", (name, scope) => {
    expect(mayCall(operator(), name)).toEqual(scope === null ? null : { because: "missing-scope", scope })
    expect(mayCall(operator("operator.approvals"), name) === null).toBe(scope === null)
    expect(mayCall(operator(...(scope === null ? [] : [scope])), name)).toBeNull()
    expect(mayCall(operator("operator.admin"), name)).toBeNull()
  })

  it("a node has health and nothing else, whatever scopes it came by", () => {
    expect(hasMethod("node", "health")).toBe(true)
    expect(mayCall(node, "health")).toBeNull()
    for (const name of ["status", "device.pair.list", "device.scopes.requestUpgrade"] as const) {
      expect(hasMethod("node", name)).toBe(false)
      expect(mayCall(node, name)).toEqual({ because: "wrong-role" })
    }
  })
})

describe("who is told what happens to devices", () => {
  it.each<[string, Caller, boolean]>([
    ["a session with pairing", operator(pairing), true],
    ["an admin session", operator("operator.admin"), true],
    ["a session that reads", operator(read, "operator.write"), false],
    ["a session without scopes", operator(), false],
    ["a node", node, false],
  ])("%s: %s", (_who, caller, watches) => {
    expect(mayWatch(caller)).toBe(watches)
  })
})
