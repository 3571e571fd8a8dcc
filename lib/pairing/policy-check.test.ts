import { describe, expect, it } from "vitest"
import { hardenedPolicy, seedPolicy } from "./policy"
import { isAddressRange, isOrigin, policyLimits, policyProblems } from "./policy-check"

describe("policyProblems", () => {
  it.each([
    ["seed", seedPolicy],
    ["hardened", hardenedPolicy],
  ])("finds nothing in the preset %s", (_name, preset) => {
    expect(policyProblems(preset)).toEqual([])
  })

  it("names option, reason and text of everything that is wrong", () => {
    const policy = {
      ...seedPolicy,
      silentScopeCeiling: ["operator.read", "node.exec", "operator.*"],
      firstPartyOrigins: ["http://127.0.0.1:18790", "https://gate.example/path"],
      nodeAutoApproveCidrs: ["192.168.1.0/24", "192.168.1", "0.0.0.0/0"],
      trustedProxyUpgrade: { enabled: true, scopes: ["node.exec"] },
      pendingTtlMs: 0,
      rejectHoldMs: Number.NaN,
    }
    expect(policyProblems(policy)).toEqual([
      { option: "silentScopeCeiling", because: "not-a-scope", value: "operator.*" },
      { option: "firstPartyOrigins", because: "not-an-origin", value: "https://gate.example/path" },
      { option: "nodeAutoApproveCidrs", because: "not-a-range", value: "192.168.1" },
      { option: "nodeAutoApproveCidrs", because: "range-too-wide", value: "0.0.0.0/0" },
      { option: "trustedProxyUpgrade", because: "not-a-scope", value: "node.exec" },
      { option: "pendingTtlMs", because: "out-of-limits", value: "0" },
      { option: "rejectHoldMs", because: "out-of-limits", value: "NaN" },
    ])
  })

  it.each([
    ["pendingTtlMs", policyLimits.pendingTtlMs.least, true],
    ["pendingTtlMs", policyLimits.pendingTtlMs.least - 1, false],
    ["pendingTtlMs", policyLimits.pendingTtlMs.most, true],
    ["pendingTtlMs", policyLimits.pendingTtlMs.most + 1, false],
    ["rejectHoldMs", 0, true],
    ["rejectHoldMs", -1, false],
    ["rejectHoldMs", policyLimits.rejectHoldMs.most + 1, false],
  ] as const)("%s of %d: %s", (option, value, fine) => {
    expect(policyProblems({ ...seedPolicy, [option]: value }).length === 0).toBe(fine)
  })
})

it.each([
  ["10.0.0.0/8", true],
  ["192.168.1.42", true],
  ["fd00::/8", true],
  ["::1", true],
  ["::/0", false],
  ["0.0.0.0/0", false],
  ["10.0.0.0/33", false],
  ["10.0.0.0/", false],
  ["10.0.0.0/8/8", false],
  ["10.0.0/8", false],
  ["0x0a.0.0.0/8", false],
  ["gateway.lan", false],
  ["", false],
])("%s as a range: %s", (text, fine) => {
  expect(isAddressRange(text)).toBe(fine)
})

it.each([
  ["http://127.0.0.1:18790", true],
  ["https://gate.example", true],
  ["http://[::1]:18790", true],
  ["https://gate.example/", false],
  ["HTTPS://gate.example", false],
  ["gate.example", false],
  ["null", false],
  ["https://user@gate.example", false],
])("%s as an origin: %s", (text, fine) => {
  expect(isOrigin(text)).toBe(fine)
})
