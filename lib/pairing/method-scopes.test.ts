import { describe, expect, it } from "vitest"
import { rightsUsed, scopeMeant, scopeOfMethod } from "./method-scopes"

const called = (...methods: readonly string[]) =>
  methods.map((method) => ({ method, count: 3, refused: 0, missingScope: null }))

describe("the scope of a method", () => {
  it.each([
    ["cron.list", "operator.read"],
    ["sessions.patch", "operator.write"],
    ["cron.add", "operator.admin"],
    ["exec.approval.resolve", "operator.approvals"],
    ["question.resolve", "operator.questions"],
    ["talk.speak", "operator.talk"],
    ["device.pair.list", "operator.pairing"],
    ["node.pair.approve", "operator.pairing"],
    ["health", null],
    ["device.scopes.waitUpgrade", null],
    ["of.another.release", undefined],
  ])("%s needs %s", (method, scope) => {
    expect(scopeOfMethod(method)).toBe(scope)
  })

  it("is what the gateway says, before what the table says", () => {
    expect(scopeOfMethod("cron.list", "operator.write")).toBe("operator.write")
    expect(scopeOfMethod("of.another.release", "operator.admin")).toBe("operator.admin")
  })
})

describe("what is asked about by one name", () => {
  it.each([
    ["a scope", "operator.write", [], "operator.write"],
    ["a scope that no release knows", "operator.of-tomorrow", [], "operator.of-tomorrow"],
    ["a method", "cron.add", [], "operator.admin"],
    ["a method that is called like the scopes of a node", "node.invoke", [], "operator.write"],
    ["one for those who decide", "node.pair.approve", [], "operator.pairing"],
    ["a scope that the device has or had", "node.exec", ["node.exec"], "node.exec"],
    ["a name that is neither", "node.frobnicate", [], undefined],
    ["a method that needs nothing", "health", [], null],
  ])("%s: %s", (_what, name, own, scope) => {
    expect(scopeMeant(name, own)).toBe(scope)
  })
})

describe("the rights that a device used", () => {
  it.each([
    ["admin that only read", ["operator.admin"], called("cron.list"), ["operator.read"], ["operator.admin"]],
    ["admin that used it", ["operator.admin"], called("cron.list", "cron.add"), ["operator.admin"], []],
    ["admin that did nothing", ["operator.admin"], [], [], ["operator.admin"]],
    ["write that only read", ["operator.write"], called("status"), ["operator.read"], ["operator.write"]],
    [
      "one of two",
      ["operator.read", "operator.approvals"],
      called("status"),
      ["operator.read"],
      ["operator.approvals"],
    ],
    ["what needs none", ["operator.read"], called("health"), [], ["operator.read"]],
    [
      "what was only refused",
      ["operator.read"],
      [{ method: "cron.add", count: 4, refused: 4, missingScope: "operator.admin" }],
      [],
      ["operator.read"],
    ],
  ])("%s", (_what, ceiling, calls, suffices, unused) => {
    expect(rightsUsed(ceiling, calls)).toEqual({ suffices, unused, unknown: [] })
  })

  it("names methods that nobody knows", () => {
    expect(rightsUsed(["operator.admin"], called("of.another.release")).unknown).toEqual(["of.another.release"])
  })
})
