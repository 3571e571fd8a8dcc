import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { reject } from "./reject"
import { facts, loopback, policy, record, token } from "./testing/facts"
import { approved, node, nodeTokens, pairedNode, recordAfter } from "./testing/nodes"

describe("a node that offers more commands than were approved", () => {
  const grown = node({ commands: ["system.run", "system.which"] })
  const filed = decideConnect(grown, pairedNode({ withheld: ["node.exec"] }), policy())
  const next = () => {
    if (filed.kind !== "allow") throw new Error(filed.kind)
    return filed.next
  }

  it("is served with the approved ones, and a request with all of them is filed", () => {
    expect(filed).toMatchObject({
      ...{ kind: "allow", reason: "commands-left-out", servedCommands: ["system.which"] },
      filed: { filed: "new", superseded: null, request: { reason: "metadata-upgrade", scopes: [] } },
    })
    expect(next().requests[0]?.metadata.commands).toEqual(["system.run", "system.which"])
  })

  it("keeps its request when it comes again with as much or less, and replaces it with more", () => {
    const again = decideConnect({ ...grown, freshRequestId: "again" }, next(), policy())
    expect(again).toMatchObject({ filed: { filed: "refreshed", request: { requestId: "fresh-request", tries: 2 } } })
    const less = decideConnect(node({ commands: ["system.run"] }, { freshRequestId: "less" }), next(), policy())
    expect(less).toMatchObject({ servedCommands: [], filed: { filed: "refreshed", superseded: null } })
    const more = node({ commands: ["system.run", "fs.write"] }, { freshRequestId: "more" })
    expect(decideConnect(more, next(), policy())).toMatchObject({
      filed: { filed: "new", superseded: "fresh-request", request: { requestId: "more" } },
    })
  })

  it("has them once a person approved the request, without any withheld scope coming back", () => {
    const wide = approved(recordAfter({ ...grown, scopes: ["node.exec"] }, pairedNode({ withheld: ["node.exec"] })))
    expect(wide.device).toMatchObject({ approvedScopes: [], withheld: ["node.exec"] })
    expect(decideConnect(grown, wide, policy())).toMatchObject({
      ...{ kind: "allow", reason: "within-ceiling", servedCommands: ["system.run", "system.which"], filed: null },
    })
  })

  it("files nothing while the rejection of as much is in force, and files what goes beyond it", () => {
    const by = { requestId: "fresh-request", authority: consoleAuthority, policy: policy(), nowMs: 10_001 }
    const rejected = reject(next(), by)
    if (!rejected.ok) throw new Error(rejected.because)
    expect(decideConnect(grown, rejected.next, policy())).toMatchObject({
      ...{ kind: "allow", reason: "commands-left-out", servedCommands: ["system.which"], filed: null },
    })
    const beyond = node({ commands: ["system.run", "fs.write"] })
    expect(decideConnect(beyond, rejected.next, policy())).toMatchObject({ kind: "allow", filed: { filed: "new" } })
    const late = { ...grown, nowMs: 10_001 + policy().rejectHoldMs }
    expect(decideConnect(late, rejected.next, policy())).toMatchObject({ kind: "allow", filed: { filed: "new" } })
  })

  it("keeps waiting for a person when its other role is let in silently", () => {
    const both = pairedNode({ roles: ["node", "operator"], tokens: { ...nodeTokens, operator: token({ scopes: [] }) } })
    const silent = decideConnect(facts({ net: loopback, upstream: true }), recordAfter(grown, both), policy())
    expect(silent).toMatchObject({ kind: "silent-approve", covered: [], next: { requests: [{ role: "node" }] } })
  })

  it("waits altogether when its platform is another one as well, under a request that shows it", () => {
    const moved = node({ commands: ["system.run"], platform: "darwin" }, { freshRequestId: "moved" })
    expect(decideConnect(moved, next(), policy())).toMatchObject({
      ...{ kind: "pending", reason: "metadata-upgrade", superseded: "fresh-request" },
      request: { requestId: "moved", metadata: { platform: "darwin" } },
    })
  })

  it("that waits is refused after its request was rejected, until it asks for more", () => {
    const by = { requestId: "fresh-request", authority: consoleAuthority, policy: policy(), nowMs: 10_001 }
    const rejected = reject(recordAfter(grown, record({ device: null })), by)
    if (!rejected.ok) throw new Error(rejected.because)
    expect(decideConnect(node(), rejected.next, policy())).toMatchObject({ kind: "reject", reason: "rejected" })
    const beyond = node({ commands: ["fs.write"] })
    expect(decideConnect(beyond, rejected.next, policy())).toMatchObject({ kind: "pending", filed: "new" })
  })
})
