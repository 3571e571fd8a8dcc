import { describe, expect, it } from "vitest"
import { decideConnect } from "./decide-connect"
import { explain } from "./explain"
import type { ConnectFacts } from "./facts"
import { facts, lan, loopback, policy, record } from "./testing/facts"
import { emptyMetadata } from "./testing/scenario"
import type { DeviceRecord, Policy } from "./types"

const elsewhere = "peer 192.168.1.20 is not loopback"
const here = "peer 127.0.0.1 is loopback, Host 127.0.0.1 is this machine"
const tool = { identity: null, metadata: { ...emptyMetadata, clientId: "cli", clientMode: "cli" } }
const node = { role: "node", scopes: [] }
const write = { scopes: ["operator.write"] }
const stranger = record({ device: null })

type Spoken = readonly [speaks: "for" | "against" | "neither", text: string]

describe("the observations beside a decision name what decided the place, and the rule that fired", () => {
  it.each<[string, DeviceRecord, Partial<ConnectFacts>, Partial<Policy>, readonly Spoken[]]>([
    ["let in from elsewhere", record(), {}, {}, [["neither", elsewhere]]],
    ["let in on this machine", record(), { net: loopback }, {}, [["neither", here]]],
    [
      "the tool here",
      stranger,
      { ...tool, net: loopback },
      {},
      [
        ["for", here],
        ["for", "policy option localCliWithoutDevice is allow"],
      ],
    ],
    [
      "the tool elsewhere",
      stranger,
      tool,
      {},
      [
        ["against", elsewhere],
        ["for", "policy option localCliWithoutDevice is allow"],
      ],
    ],
    [
      "a local stranger",
      stranger,
      { net: loopback },
      {},
      [
        ["for", here],
        ["for", "policy option localPairing is silent"],
      ],
    ],
    [
      "more, on this machine",
      record(),
      { ...write, net: loopback },
      {},
      [
        ["for", here],
        ["for", "policy option localScopeUpgrade is silent"],
      ],
    ],
    [
      "a new role by policy",
      record(),
      { ...node, net: loopback },
      { roleUpgrade: "local-silent" },
      [
        ["for", here],
        ["for", "policy option roleUpgrade is local-silent"],
      ],
    ],
    [
      "more, by a known key",
      record(),
      write,
      { pairedUpgrade: "same-key-auto" },
      [
        ["neither", elsewhere],
        ["for", "policy option pairedUpgrade is same-key-auto"],
      ],
    ],
    [
      "a node of a range",
      stranger,
      node,
      { nodeAutoApproveCidrs: ["192.168.1.0/24"] },
      [
        ["neither", elsewhere],
        ["for", "policy option nodeAutoApproveCidrs lists its address"],
      ],
    ],
    [
      "more, from elsewhere",
      record(),
      write,
      {},
      [
        ["against", elsewhere],
        ["against", "no policy option lets it in from there"],
      ],
    ],
    [
      "a new role",
      record(),
      { ...node, net: loopback },
      {},
      [
        ["for", here],
        ["against", "policy option roleUpgrade is manual"],
      ],
    ],
    ["a wrong secret", record(), { auth: { kind: "invalid" } }, {}, [["neither", elsewhere]]],
  ])("%s", (_case, before, over, rules, observations) => {
    const explained = explain(decideConnect(facts({ net: lan, ...over }), before, policy(rules)))
    expect(explained.observations.map(({ speaks, text }) => [speaks, text])).toEqual(observations)
  })
})
