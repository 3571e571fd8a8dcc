import { describe, expect, it } from "vitest"
import { endInEntry, keyWords, sideChanges } from "./audit-changes"

describe("sideChanges", () => {
  it("tells only what differs when both sides are there", () => {
    expect(sideChanges({ email: "a@b", role: "viewer" }, { email: "a@b", role: "owner" })).toEqual([
      { key: "role", kind: "value", before: "viewer", after: "owner" },
    ])
  })

  it("compares lists by their members, in any order", () => {
    expect(sideChanges({ scopes: ["a", "b"] }, { scopes: ["b", "a"] })).toEqual([])
    expect(sideChanges({ scopes: ["a", "b"] }, { scopes: ["b", "c"] })).toEqual([
      { key: "scopes", kind: "list", gone: ["a"], kept: ["b"], added: ["c"] },
    ])
  })

  it("tells what stands on one side only as a fact, empty lists included", () => {
    expect(sideChanges(null, { role: "node", scopes: [], address: null })).toEqual([
      { key: "role", kind: "fact", value: "node" },
      { key: "scopes", kind: "fact", value: [] },
    ])
    expect(sideChanges({ scopes: ["a"] }, null)).toEqual([{ key: "scopes", kind: "fact", value: ["a"] }])
    expect(sideChanges({ scopes: ["a"] }, { scopes: ["a"], granted: ["b"] })).toEqual([
      { key: "granted", kind: "fact", value: ["b"] },
    ])
  })

  it("tells what the later side no longer says as gone", () => {
    expect(sideChanges({ roles: ["node"], withheld: ["a"], role: "node" }, { roles: ["node"], granted: [] })).toEqual([
      { key: "withheld", kind: "list", gone: ["a"], kept: [], added: [] },
      { key: "role", kind: "value", before: "node", after: null },
      { key: "granted", kind: "fact", value: [] },
    ])
  })

  it("takes sides that have nothing in common for facts", () => {
    expect(sideChanges({ scopes: ["a"] }, { heldUntilMs: 1 })).toEqual([
      { key: "scopes", kind: "fact", value: ["a"] },
      { key: "heldUntilMs", kind: "fact", value: 1 },
    ])
  })

  it("tells a list that came into being from a list that stayed empty", () => {
    expect(sideChanges({ approvedScopes: null }, { approvedScopes: [] })).toHaveLength(1)
    expect(sideChanges({ approvedScopes: [] }, { approvedScopes: [] })).toEqual([])
  })

  it("has nothing to tell of an entry without sides", () => {
    expect(sideChanges(null, null)).toEqual([])
  })
})

it.each([
  ["operator.read until 2026-11-25T13:20:14.547Z", { text: "operator.read", untilMs: 1795612814547 }],
  ["operator.read", { text: "operator.read", untilMs: null }],
  ["until tomorrow until 2026", { text: "until tomorrow until 2026", untilMs: null }],
])("an entry %s of a list tells its end apart", (entry, parts) => {
  expect(endInEntry(entry)).toEqual(parts)
})

it.each([
  ["approvedScopes", "approved scopes"],
  ["role", "role"],
  ["expiresAtMs", "expires at"],
  ["untilMs", "until"],
  ["failureWindowSeconds", "failure window seconds"],
])("%s reads %s", (key, words) => {
  expect(keyWords(key)).toBe(words)
})
