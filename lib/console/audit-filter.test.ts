import { describe, expect, it } from "vitest"
import { formatAuditFilter, isUnfiltered, parseAuditFilter } from "./audit-filter"

const nothing = { admin: null, actorKind: null, rule: null, device: null, action: null, fromMs: null, untilMs: null }

describe("parseAuditFilter", () => {
  it("reads every part of a link", () => {
    const link = new URLSearchParams(
      "actor=admin:a1&device=kitchen&action=token.rotated&from=2026-11-01T00:00:00.000Z&until=2026-11-02T00:00:00Z",
    )
    expect(parseAuditFilter(Object.fromEntries(link))).toEqual({
      admin: "a1",
      actorKind: null,
      rule: null,
      device: "kitchen",
      action: "token.rotated",
      fromMs: Date.UTC(2026, 10, 1),
      untilMs: Date.UTC(2026, 10, 2),
    })
  })

  it.each([
    ["an unknown action", { action: "device.exploded" }],
    ["an action of the prototype", { action: "constructor" }],
    ["an unknown kind of actor", { actor: "robot" }],
    ["an unknown rule", { actor: "rule:everything" }],
    ["no instant", { from: "yesterday", until: "" }],
    ["blanks", { device: "   " }],
  ])("takes %s for not given", (_case, params) => {
    expect(parseAuditFilter(params)).toEqual(nothing)
  })

  it("takes the first of repeated values", () => {
    expect(parseAuditFilter({ device: ["a", "b"] }).device).toBe("a")
  })
})

it.each([
  [""],
  ["action=approval.undone"],
  ["actor=rule"],
  ["actor=rule%3Anode-cidr&action=device.approved-silently"],
  ["actor=admin%3Aa1&device=kitchen+display&action=policy.changed&from=2026-11-01T00%3A00%3A00.000Z"],
])("a filter survives its link: %s", (query) => {
  const filter = parseAuditFilter(Object.fromEntries(new URLSearchParams(query)))
  expect(formatAuditFilter(filter)).toBe(query)
  expect(isUnfiltered(filter)).toBe(query === "")
})
