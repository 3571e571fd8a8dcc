import { describe, expect, it } from "vitest"
import { approve } from "./approve"
import { consoleAuthority } from "./authority"
import { block, unblock } from "./block"
import { decideConnect } from "./decide-connect"
import type { ManualReason } from "./decision"
import type { ConnectFacts } from "./facts"
import { remove } from "./remove"
import { revoke } from "./revoke"
import { rotate } from "./rotate"
import { facts, policy, record, token } from "./testing/facts"
import { approval, approved, node, nodeTokens, pairedNode, recordAfter, report } from "./testing/nodes"
import type { Authority, DeviceRecord, PairingReason, Policy } from "./types"

describe("a node before a gateway that runs its commands", () => {
  const nobody = record({ device: null })
  const revoked = pairedNode({ tokens: { node: token({ ...nodeTokens.node, revokedAtMs: 1 }) } })
  const inRange = { nodeAutoApproveCidrs: ["127.0.0.1"] }

  type Waiting = {
    readonly it: string
    readonly given: ConnectFacts
    readonly before: DeviceRecord
    readonly over?: Partial<Policy>
    readonly because: readonly [PairingReason, ManualReason]
  }
  const unseen = ["metadata-upgrade", "node-commands"] as const
  const moved = ["metadata-upgrade", "metadata-changed"] as const
  it.each<Waiting>([
    { it: "on this machine too", given: node(), before: nobody, because: ["not-paired", "node-commands"] },
    {
      it: "in a trusted range",
      given: node(),
      before: nobody,
      over: inRange,
      because: ["not-paired", "node-commands"],
    },
    {
      ...{ it: "for the role, whatever the policy does silently", given: node(), before: record() },
      ...{ over: { roleUpgrade: "local-silent" }, because: ["role-upgrade", "node-commands"] },
    },
    {
      ...{ it: "for more scopes, with a known key", given: node({}, { scopes: ["node.exec"] }), before: pairedNode() },
      ...{ over: { pairedUpgrade: "same-key-auto" }, because: ["scope-upgrade", "node-commands"] },
    },
    { it: "after its role was revoked", given: node(), before: revoked, because: ["role-upgrade", "role-revoked"] },
    {
      ...{ it: "where no person saw its commands", given: node() },
      ...{ before: pairedNode({ approvedCommands: null }), because: unseen },
    },
    { it: "on another platform", given: node({ platform: "darwin" }), before: pairedNode(), because: moved },
    { it: "with another family", given: node({ deviceFamily: "Mac" }), before: pairedNode(), because: moved },
    { it: "when it hides its platform", given: node({ platform: null }), before: pairedNode(), because: moved },
    {
      ...{ it: "when it names a platform that it had hidden", given: node() },
      ...{ before: pairedNode({ nodePlatform: null }), because: moved },
    },
  ])("waits $it", ({ given, before, over, because: [reason, manual] }) => {
    const decision = decideConnect(given, before, policy(over))
    expect(decision).toMatchObject({ kind: "pending", reason, manual, next: { device: before.device } })
  })

  type Served = {
    readonly it: string
    readonly given: ConnectFacts
    readonly before?: DeviceRecord
    readonly served: readonly string[]
  }
  const darwin = pairedNode({ metadata: report({ platform: "darwin" }) })
  const twice = ["system.which", "system.which"]
  const ownToken = { kind: "device-token", tokenId: "node-token" } as const
  it.each<Served>([
    { it: "as it was approved", given: node(), served: ["system.which"] },
    { it: "with fewer commands", given: node({ commands: [] }), served: [] },
    { it: "with its platform in another case", given: node({ platform: "LINUX" }), served: ["system.which"] },
    { it: "with a command named twice", given: node({ commands: twice }), served: ["system.which"] },
    { it: "whatever other clients of its key report", given: node(), before: darwin, served: ["system.which"] },
    { it: "with its own token", given: node({}, { auth: ownToken }), served: ["system.which"] },
  ])("comes in $it", ({ given, before = pairedNode(), served: servedCommands }) => {
    const decision = decideConnect(given, before, policy())
    expect(decision).toMatchObject({ kind: "allow", reason: "within-ceiling", servedCommands, filed: null })
  })

  it.each<[string, ConnectFacts, string]>([
    ["with a wrong secret", node({}, { auth: { kind: "invalid" } }), "unauthorized"],
    ["with a foreign token", node({}, { auth: { kind: "device-token", tokenId: null } }), "token-mismatch"],
    ["without a device", node({}, { identity: null }), "device-required"],
  ])("is refused %s, whatever it offers", (_case, given, reason) => {
    expect(decideConnect(given, pairedNode(), policy())).toMatchObject({ kind: "reject", reason })
  })

  it("is refused while it is blocked, and keeps its approved commands through it", () => {
    const blocked = block(pairedNode(), "key-1")
    if (!blocked.ok) throw new Error(blocked.because)
    expect(decideConnect(node(), blocked.next, policy())).toMatchObject({ kind: "reject", reason: "blocked" })
    const lifted = unblock(blocked.next, "key-1")
    expect(lifted.ok && decideConnect(node(), lifted.next, policy()).kind).toBe("allow")
  })

  it("comes in silently where there is no gateway, with what it names, and waits when there is one later", () => {
    const alone = decideConnect(node({}, { upstream: false }), record({ device: null }), policy())
    expect(alone).toMatchObject({ kind: "silent-approve", next: { device: { approvedCommands: null } } })
    const again = decideConnect(
      node({}, { upstream: false }),
      recordAfter(node({}, { upstream: false }), record({ device: null })),
      policy(),
    )
    expect(again).toMatchObject({ kind: "allow", servedCommands: ["system.which"], filed: null })
    if (again.kind !== "allow") return
    const served = decideConnect(node(), again.next, policy())
    expect(served).toMatchObject({ kind: "pending", reason: "metadata-upgrade", manual: "node-commands" })
  })
})

describe("an approval of a node", () => {
  const waiting = recordAfter(node(), record({ device: null }))

  it.each(["console", "wire"] as const)("in the %s covers the commands that were shown", (from) => {
    const next = approved(waiting, { from })
    expect(next.device).toMatchObject({
      approvedCommands: ["system.which"],
      nodePlatform: "linux",
      nodeFamily: "Linux",
    })
    expect(decideConnect(node(), next, policy())).toMatchObject({ kind: "allow", servedCommands: ["system.which"] })
  })

  it("covers no command that came after it", () => {
    const retried = recordAfter(
      node({ commands: ["system.which", "system.run"] }, { freshRequestId: "wider" }),
      waiting,
    )
    expect(retried.requests.map((request) => request.requestId)).toEqual(["wider"])
    expect(approve(retried, approval())).toMatchObject({ ok: false, because: "not-found" })
    expect(approved(retried, { requestId: "wider" }).device?.approvedCommands).toEqual(["system.which", "system.run"])
  })

  it("adds to what was approved before, and says so in the digest", () => {
    const before = pairedNode({ approvedCommands: ["camera.snap"] })
    const next = approved(recordAfter(node(), before))
    expect(next.device).toMatchObject({ approvedCommands: ["camera.snap", "system.which"], nodePlatform: "linux" })
    expect(next.device?.revision).toBe((before.device?.revision ?? 0) + 1)
  })

  it.each<[string, DeviceRecord]>([
    ["as another machine", pairedNode({ approvedCommands: ["system.run"], nodePlatform: "darwin" })],
    ["of another family", pairedNode({ approvedCommands: ["system.run"], nodeFamily: "Mac" })],
    [
      "after its role was revoked",
      pairedNode({
        approvedCommands: ["system.run"],
        tokens: { node: token({ tokenId: "t", role: "node", scopes: [], revokedAtMs: 1 }) },
      }),
    ],
  ])("%s covers what is shown now, and nothing from before", (_what, before) => {
    const next = approved(recordAfter(node(), before))
    expect(next.device).toMatchObject({
      approvedCommands: ["system.which"],
      nodePlatform: "linux",
      nodeFamily: "Linux",
    })
    const offers = node({ commands: ["system.which", "system.run"] })
    expect(decideConnect(offers, next, policy())).toMatchObject({ kind: "allow", servedCommands: ["system.which"] })
  })

  it("of its other role leaves the commands alone", () => {
    const asks = recordAfter(
      facts({ scopes: ["operator.read"], metadata: report({ platform: "darwin" }) }),
      pairedNode(),
    )
    const next = approved(asks)
    expect(next.device).toMatchObject({ approvedCommands: ["system.which"], nodePlatform: "linux" })
    expect(decideConnect(node(), next, policy()).kind).toBe("allow")
  })

  it("with another key inherits no command", () => {
    const other = { deviceId: "dev-1", publicKey: "key-2" }
    const next = approved(recordAfter(node({ commands: [] }, { identity: other }), pairedNode()))
    expect(next.device?.approvedCommands).toEqual([])
    const operator = approved(recordAfter(facts({ identity: other }), pairedNode()))
    expect(operator.device).toMatchObject({ approvedCommands: null, nodePlatform: null })
  })

  it.each<[string, Authority, string]>([
    ["by a session of the node's own device", { scopes: ["operator.admin"], deviceId: "dev-1" }, "own-commands"],
    ["by a session that may only pair", { scopes: ["operator.pairing"], deviceId: null }, "approver-missing-scope"],
    ["by another device without admin", { scopes: ["operator.pairing"], deviceId: "dev-2" }, "not-own-device"],
  ])("%s is refused", (_case, authority, because) => {
    const asks = recordAfter(node({ commands: ["system.run"] }), pairedNode())
    expect(approve(asks, approval({ authority, from: "wire" }))).toMatchObject({ ok: false, because })
  })

  it("is undone by removal, and by nothing that is done to the token", () => {
    const rotated = rotate(pairedNode(), {
      ...{ role: "node", mode: { kind: "at-once" }, rememberNarrowing: false },
      ...{ authority: consoleAuthority, policy: policy(), nowMs: 1, freshTokenId: "t" },
    })
    expect(rotated.ok && rotated.next.device?.approvedCommands).toEqual(["system.which"])
    const revoked = revoke(pairedNode(), { role: "node", authority: consoleAuthority, nowMs: 1, freshTokenId: "r" })
    expect(revoked.ok && revoked.next.device?.approvedCommands).toEqual(["system.which"])
    const removed = remove(pairedNode(), { authority: consoleAuthority })
    expect(removed.ok && decideConnect(node(), removed.next, policy())).toMatchObject({ reason: "not-paired" })
  })
})
